/** How many values are decoded at a time: few enough to stay in the fastest cache while each statistic takes them. */
export const BLOCK_LENGTH = 2048;

/** Values of a tensor as its statistics take them; one block is filled again and again. */
export class ValueBlock {
  /** The finite values, each as its nearest float64. */
  readonly values: Float64Array = new Float64Array(BLOCK_LENGTH);
  /** The values' keys (see `ordered-key.ts`): the upper 32 bits, and the lower 32 of dtypes of 64 bits. */
  readonly keys: Uint32Array = new Uint32Array(BLOCK_LENGTH);
  readonly lows: Uint32Array = new Uint32Array(BLOCK_LENGTH);
  /** Of int64 and uint64 only: multiples of 2^32, so that `highs + lows` are the exact values. */
  readonly highs: Float64Array = new Float64Array(BLOCK_LENGTH);
  /** How many of the above are filled. */
  length = 0;

  /** How many values were not finite, and so left out, since this block was made. */
  nan = 0;
  posInf = 0;
  negInf = 0;

  countNonFinite(value: number): void {
    if (value === Number.POSITIVE_INFINITY) this.posInf += 1;
    else if (value === Number.NEGATIVE_INFINITY) this.negInf += 1;
    else this.nan += 1;
  }
}
