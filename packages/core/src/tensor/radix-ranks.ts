import type { Pair } from '../metric/exact-sum.ts';
import { DIGITS, digitPlaces, PickedKeys } from './digit-counts.ts';
import type { DType } from './dtype.ts';
import { keyDigits, valueOfKey } from './ordered-key.ts';
import { changedBetweenPasses, type RankSelector } from './rank-selector.ts';
import type { ValueBlock } from './value-block.ts';

/** The most ranks that may be looked for at once: groups are numbered in a byte. */
export const MAX_RANKS = 255;

/** A rank on its way: the digits of its key that are known, and where it is among the keys that share them. */
interface Target {
  readonly rank: number;
  /** Which of the groups of the current pass it lies in. */
  group: number;
  /** Its rank within that group. */
  rest: number;
  readonly digits: number[];
}

/**
 * Selects by finding one 16-bit digit of the keys a pass, for all ranks at once: 1, 2 or 4 passes by dtype.
 *
 * A pass counts how often each next digit follows the digits already known, in one table of 512 KiB for each group of
 * keys that a rank was traced to. So memory grows with the number of ranks, and not with the number of values.
 */
export class RadixRanks implements RankSelector {
  isDone = false;
  readonly #dtype: DType;
  readonly #digitCount: number;
  readonly #picked = new PickedKeys();
  #targets: Target[] | null = null;
  /** For each pass before this one, by group and digit: 1 + the group of the next pass, or 0 for none. */
  readonly #groups: Uint8Array[] = [];
  /** Of the current pass, by group and digit. */
  #counts = new Float64Array(DIGITS);

  constructor(dtype: DType) {
    this.#dtype = dtype;
    this.#digitCount = keyDigits(dtype);
  }

  add(block: ValueBlock): void {
    if (this.isDone) return;
    const places = digitPlaces(block);
    this.#picked.pickAll(block.length);
    for (const [i, place] of places.entries()) {
      const next = this.#groups[i];
      if (next === undefined) {
        this.#picked.count(place, this.#counts);
        return;
      }
      this.#picked.keep(place, next);
    }
  }

  endPass(ranks: readonly number[]): void {
    if (this.isDone) return;
    this.#targets ??= [...new Set(ranks)].map((rank) => ({ rank, group: 0, rest: rank, digits: [] }));
    for (const target of this.#targets) this.#findDigit(target);
    this.isDone = this.#groups.length + 1 === this.#digitCount;
    if (this.isDone) this.#counts = new Float64Array();
    else this.#regroup(this.#targets);
  }

  valueAt(rank: number): Pair {
    const target = this.#targets?.find((one) => one.rank === rank);
    const [first = 0, second = 0, third = 0, fourth = 0] = target?.digits ?? [];
    return valueOfKey(this.#dtype, first * DIGITS + second, third * DIGITS + fourth);
  }

  #findDigit(target: Target): void {
    const counts = this.#counts.subarray(target.group * DIGITS, (target.group + 1) * DIGITS);
    let digit = 0;
    let count = counts[0] ?? 0;
    while (target.rest >= count) {
      target.rest -= count;
      digit += 1;
      if (digit === DIGITS) throw changedBetweenPasses();
      count = counts[digit] as number; // digit < DIGITS
    }
    target.digits.push(digit);
  }

  /** Gives every group that a target was traced to a table of its own in the next pass. */
  #regroup(targets: readonly Target[]): void {
    const groups = new Uint8Array(this.#counts.length);
    let groupCount = 0;
    for (const target of targets) {
      const at = target.group * DIGITS + (target.digits.at(-1) ?? 0);
      if (groups[at] === 0) groups[at] = ++groupCount;
      target.group = (groups[at] ?? 1) - 1;
    }
    this.#groups.push(groups);
    this.#counts = new Float64Array(groupCount * DIGITS);
  }
}
