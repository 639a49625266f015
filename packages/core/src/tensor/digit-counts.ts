import { BLOCK_LENGTH, type ValueBlock } from './value-block.ts';

/** How many values a 16-bit digit of a key has. */
export const DIGITS: number = 2 ** 16;

/** One of the four 16-bit digits of a block's keys: in which words it stands, and how far up. */
export interface DigitPlace {
  readonly words: Uint32Array;
  readonly shift: 0 | 16;
}

/** Where the digits of a block's keys stand, the most significant first. */
export function digitPlaces({ keys, lows }: ValueBlock): readonly DigitPlace[] {
  return [
    { words: keys, shift: 16 },
    { words: keys, shift: 0 },
    { words: lows, shift: 16 },
    { words: lows, shift: 0 },
  ];
}

/**
 * The keys of a block that a rank may lie at, each with a group: a number from 1 on for the digits that it begins with.
 *
 * They are picked without a branch, for which values lie there is anything but foreseeable. All indices are within
 * their arrays: picked ones below the block's length, and groups those that tables were made for.
 */
export class PickedKeys {
  readonly #indices = new Uint16Array(BLOCK_LENGTH);
  readonly #groups = new Uint8Array(BLOCK_LENGTH);
  #length = 0;

  /** Picks all keys of a block, as one group. */
  pickAll(length: number): void {
    for (let i = 0; i < length; i++) this.#indices[i] = i;
    this.#groups.fill(1, 0, length);
    this.#length = length;
  }

  /** Keeps those keys whose digit leads on: `next` has, by group and digit, a new group, or 0 for none. */
  keep({ words, shift }: DigitPlace, next: Uint8Array): void {
    const indices = this.#indices;
    const groups = this.#groups;
    const length = this.#length;
    let kept = 0;
    for (let i = 0; i < length; i++) {
      const index = indices[i] as number;
      const digit = ((words[index] as number) >>> shift) & 0xffff;
      const group = next[(((groups[i] as number) - 1) << 16) | digit] as number;
      indices[kept] = index;
      groups[kept] = group;
      // 0 for group 0, else 1.
      kept += (group + 255) >>> 8;
    }
    this.#length = kept;
  }

  /** Counts the digits of the picked keys, by group and digit. */
  count({ words, shift }: DigitPlace, counts: Float64Array): void {
    const indices = this.#indices;
    const groups = this.#groups;
    const length = this.#length;
    for (let i = 0; i < length; i++) {
      const digit = ((words[indices[i] as number] as number) >>> shift) & 0xffff;
      const at = (((groups[i] as number) - 1) << 16) | digit;
      counts[at] = (counts[at] as number) + 1;
    }
  }
}
