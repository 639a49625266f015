import { describe, expect, it } from 'vitest';
import { lineCount, linesOf, withLines } from './line-chunk.ts';

describe('line chunks', () => {
  it('hold 256 lines each, and give them back by their numbers', () => {
    const lines = new Map([0, 255, 256, 600].map((number) => [number, `line ${number}`]));
    const chunks = withLines([], lines);
    expect(chunks.map(({ chunk }) => chunk)).toEqual([0, 1, 2]);
    expect(linesOf(chunks)).toEqual(lines);
    expect(lineCount(chunks.at(-1))).toBe(601);
  });

  it('take a line that comes again in the place of the old one', () => {
    const once = withLines(
      [],
      new Map([
        [0, 'a'],
        [1, 'b'],
      ]),
    );
    expect(linesOf(withLines(once, new Map([[0, 'c']])))).toEqual(
      new Map([
        [0, 'c'],
        [1, 'b'],
      ]),
    );
    expect(withLines(once, new Map([[1, 'b']]))).toEqual(once);
  });

  it('have no line before the first', () => {
    expect(lineCount(undefined)).toBe(0);
  });
});
