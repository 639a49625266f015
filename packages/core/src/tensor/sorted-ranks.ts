import type { Pair } from '../metric/exact-sum.ts';
import { type DType, isWide } from './dtype.ts';
import { valueOfKey } from './ordered-key.ts';
import type { RankSelector } from './rank-selector.ts';
import type { ValueBlock } from './value-block.ts';

/** Selects by keeping all values and sorting them: one pass, for tensors that are small. */
export class SortedRanks implements RankSelector {
  isDone = false;
  readonly #values: SortedValues;

  constructor(dtype: DType, maxCount: number) {
    this.#values = isWide(dtype) ? new SortedKeys(dtype, maxCount) : new SortedFloats(maxCount);
  }

  add(block: ValueBlock): void {
    if (!this.isDone) this.#values.add(block);
  }

  endPass(): void {
    if (!this.isDone) this.#values.sort();
    this.isDone = true;
  }

  valueAt(rank: number): Pair {
    return this.#values.at(rank);
  }
}

interface SortedValues {
  add(block: ValueBlock): void;
  sort(): void;
  at(rank: number): Pair;
}

class SortedFloats implements SortedValues {
  readonly #values: Float64Array;
  #count = 0;

  constructor(maxCount: number) {
    this.#values = new Float64Array(maxCount);
  }

  add({ values, length }: ValueBlock): void {
    this.#values.set(values.subarray(0, length), this.#count);
    this.#count += length;
  }

  sort(): void {
    this.#values.subarray(0, this.#count).sort();
  }

  at(rank: number): Pair {
    return { high: this.#values[rank] ?? Number.NaN, low: 0 };
  }
}

class SortedKeys implements SortedValues {
  readonly #dtype: DType;
  readonly #keys: BigUint64Array;
  #count = 0;

  constructor(dtype: DType, maxCount: number) {
    this.#dtype = dtype;
    this.#keys = new BigUint64Array(maxCount);
  }

  add({ keys, lows, length }: ValueBlock): void {
    for (let i = 0; i < length; i++) {
      this.#keys[this.#count] = (BigInt(keys[i] as number) << 32n) | BigInt(lows[i] as number); // i < length
      this.#count += 1;
    }
  }

  sort(): void {
    this.#keys.subarray(0, this.#count).sort();
  }

  at(rank: number): Pair {
    const key = this.#keys[rank] ?? 0n;
    return valueOfKey(this.#dtype, Number(key >> 32n), Number(key & 0xffffffffn));
  }
}
