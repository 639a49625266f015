import { describe, expect, it } from 'vitest';
import { formatAgo, formatDuration, formatMoment } from './format-time.ts';

const now = new Date('2026-11-25T12:00:00Z');
const ago = (seconds: number) => formatAgo(new Date(now.getTime() - seconds * 1_000), now);

describe('formatAgo', () => {
  it.each([
    [0, 'just now'],
    [4.9, 'just now'],
    [5, '5 s ago'],
    [59.9, '59 s ago'],
    [180, '3 min ago'],
    [3_600, '1 h ago'],
    [86_400 * 2, '2 d ago'],
    [86_400 * 40, '1 mo ago'],
    [86_400 * 800, '2 y ago'],
    [-30, 'just now'],
    [-3_600, 'in 1 h'],
  ])('says of a moment %d s ago: %s', (seconds, text) => expect(ago(seconds)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [350.4, '350 ms'],
    [1_500, '1.5 s'],
    [42_000, '42 s'],
    [185_000, '3 min 05 s'],
    [3_840_000, '1 h 04 m'],
    [86_400_000 * 2 + 3_600_000 * 3, '2 d 3 h'],
  ])('shows %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('formatMoment', () => {
  it('is the same moment when it is read back', () => {
    const at = new Date('2026-03-29T01:30:00.007Z');
    expect(new Date(formatMoment(at).replace(' ', 'T').replace(' ', ''))).toEqual(at);
  });
});
