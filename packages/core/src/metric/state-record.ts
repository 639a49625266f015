// One record: a 16-bit set of flags, then float64 numbers in the order of the flags, then the JSON texts. What a flag
// leaves out is known: counts of 0, sums of 0, samples and extremes that are absent or equal to one another.

/** Every value is finite: only `count` is written. Without it: finite, NaN, +Inf and -Inf counts too. */
export const ALL_FINITE: number = 1 << 0;
/** `hugeSum` and `hugeSumError` are written. */
export const HAS_HUGE_SUM: number = 1 << 1;
/** There are finite values: `sum`, `sumError`, `m2`, `min` and `max` are written. */
export const HAS_FINITE: number = 1 << 2;
/** There is a first and a last sample. */
export const HAS_SAMPLES: number = 1 << 3;
/** The first sample's value is a number; without it, its length in bytes stands there, and its JSON text at the end. */
export const FIRST_IS_NUMBER: number = 1 << 4;
/** The last sample's value is a number; without it, as with the first. */
export const LAST_IS_NUMBER: number = 1 << 5;
/** Every flag there is; other bits are 0. */
export const ALL_FLAGS: number = (1 << 6) - 1;
