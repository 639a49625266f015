import { describe, expect, it } from 'vitest';
import { MOST_CHARACTERS, plainText, styleAnsi } from './ansi-text.ts';

const ESC = '\u001b';
const looks = (line: string) => styleAnsi(line).map(({ text, colour, ground }) => [text, colour, ground]);

describe('a line of a console', () => {
  it('without escape sequences is one piece', () => {
    expect(looks('step 1')).toEqual([['step 1', null, null]]);
    expect(styleAnsi('')).toEqual([]);
  });

  it('has the sixteen colours of a terminal, and ends them', () => {
    expect(looks(`a ${ESC}[31mred${ESC}[0m ${ESC}[92;44mgreen on blue${ESC}[39;49m b`)).toEqual([
      ['a ', null, null],
      ['red', 1, null],
      [' ', null, null],
      ['green on blue', 10, 4],
      [' b', null, null],
    ]);
  });

  it('has the 256 colours: sixteen, a cube of six steps, and greys', () => {
    expect(looks(`${ESC}[38;5;9ma${ESC}[38;5;208mb${ESC}[38;5;232mc${ESC}[48;5;255md`)).toEqual([
      ['a', 9, null],
      ['b', 'rgb(255 135 0)', null],
      ['c', 'rgb(8 8 8)', null],
      ['d', 'rgb(8 8 8)', 'rgb(238 238 238)'],
    ]);
  });

  it('has true colours, within their bounds', () => {
    expect(looks(`${ESC}[38;2;1;2;300mx`)).toEqual([['x', 'rgb(1 2 255)', null]]);
  });

  it('is bold, dim, italic or underlined until told otherwise', () => {
    const [a, b] = styleAnsi(`${ESC}[1;2;3;4ma${ESC}[22;23;24mb`);
    expect(a).toMatchObject({ bold: true, dim: true, italic: true, underline: true });
    expect(b).toMatchObject({ bold: false, dim: false, italic: false, underline: false });
  });

  it('shows nothing of cursor movements, titles, links and control characters', () => {
    expect(
      plainText(`${ESC}[2K${ESC}[1Ga${ESC}]0;title\u0007b${ESC}]8;;http://x${ESC}\\c${ESC}(Bd\u0000\u0008`),
    ).toMatch(/^abc(\(B)?d$/);
  });

  it('keeps tabs', () => {
    expect(plainText('a\tb')).toBe('a\tb');
  });

  it('that was printed over itself is what was printed last', () => {
    expect(plainText(' 10%|#   |\r 50%|##  |\r100%|####|')).toBe('100%|####|');
    expect(plainText('done\r')).toBe('done');
    expect(plainText(`90%\r100%\r${ESC}[0m`)).toBe('100%');
  });

  it('that breaks off within a sequence loses nothing before it', () => {
    expect(plainText(`a${ESC}[3`)).toMatch(/^a/);
    expect(plainText(`a${ESC}`)).toBe('a');
  });

  it('is text and nothing else, whatever it looks like', () => {
    expect(plainText('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
  });

  it('of any length is laid out', () => {
    expect(plainText('x'.repeat(1_000_000))).toHaveLength(MOST_CHARACTERS);
  });
});
