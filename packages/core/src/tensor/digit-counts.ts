import type { ValueBlock } from './value-block.ts';

/** How many values a 16-bit digit of a key has. */
export const DIGITS: number = 2 ** 16;

/**
 * For each pass before the current one, by group and digit: 1 + the group of the next pass, or 0 where no rank lies.
 * Groups of a pass are numbered from 0, and those of the first pass are one.
 */
export interface Groups {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly third: Uint8Array;
}

// One loop for each digit, for they run over every value of a tensor. All indices lie within the tables: i < length,
// digits are below 2^16, and groups are numbers that were put into the tables.

/** Counts the first digits of a block's keys. */
export function countFirst({ keys, length }: ValueBlock, counts: Float64Array): void {
  for (let i = 0; i < length; i++) {
    const digit = (keys[i] as number) >>> 16;
    counts[digit] = (counts[digit] as number) + 1;
  }
}

/** Counts the second digits of those keys whose first one leads to a group, by group. */
export function countSecond({ keys, length }: ValueBlock, counts: Float64Array, first: Uint8Array): void {
  for (let i = 0; i < length; i++) {
    const key = keys[i] as number;
    const group = first[key >>> 16] as number;
    if (group === 0) continue;
    const at = ((group - 1) << 16) | (key & 0xffff);
    counts[at] = (counts[at] as number) + 1;
  }
}

/** Counts the third digits of those keys whose first two lead to a group, by group. */
export function countThird(
  { keys, lows, length }: ValueBlock,
  counts: Float64Array,
  { first, second }: Pick<Groups, 'first' | 'second'>,
): void {
  for (let i = 0; i < length; i++) {
    const key = keys[i] as number;
    const outer = first[key >>> 16] as number;
    if (outer === 0) continue;
    const group = second[((outer - 1) << 16) | (key & 0xffff)] as number;
    if (group === 0) continue;
    const at = ((group - 1) << 16) | ((lows[i] as number) >>> 16);
    counts[at] = (counts[at] as number) + 1;
  }
}

/** Counts the last digits of those keys whose first three lead to a group, by group. */
export function countFourth(
  { keys, lows, length }: ValueBlock,
  counts: Float64Array,
  { first, second, third }: Groups,
): void {
  for (let i = 0; i < length; i++) {
    const key = keys[i] as number;
    const outer = first[key >>> 16] as number;
    if (outer === 0) continue;
    const inner = second[((outer - 1) << 16) | (key & 0xffff)] as number;
    if (inner === 0) continue;
    const low = lows[i] as number;
    const group = third[((inner - 1) << 16) | (low >>> 16)] as number;
    if (group === 0) continue;
    const at = ((group - 1) << 16) | (low & 0xffff);
    counts[at] = (counts[at] as number) + 1;
  }
}
