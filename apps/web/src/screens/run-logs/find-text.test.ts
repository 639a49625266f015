import { describe, expect, it } from 'vitest';
import { styleAnsi } from './ansi-text.ts';
import { markText } from './find-text.ts';

const marks = (line: string, wanted: string) =>
  markText(styleAnsi(line), wanted).map(({ text, marked }) => (marked ? `[${text}]` : text));

describe('what is searched for in a line', () => {
  it('is marked wherever it stands, whatever the case of A to Z', () => {
    expect(marks('Loss loss LOSSY', 'loss')).toEqual(['[Loss]', ' ', '[loss]', ' ', '[LOSS]', 'Y']);
  });

  it('is marked across a change of colour', () => {
    expect(marks('lo\u001b[31mss is', 'loss')).toEqual(['[lo]', '[ss]', ' is']);
  });

  it('that is nothing marks nothing', () => {
    expect(marks('loss', '')).toEqual(['loss']);
    expect(marks('loss', 'acc')).toEqual(['loss']);
  });

  it('is not moved by letters whose lower case is longer', () => {
    expect(marks('İİ loss', 'loss')).toEqual(['İİ ', '[loss]']);
  });
});
