/** What may be logged: JSON, numbers that JSON lacks, and bigints. `undefined` and null are no observation. */
export type LogValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly LogValue[]
  | { readonly [key: string]: LogValue };

/** The values of one row by key; nested objects are as good as keys with dots. */
export interface LogValues {
  readonly [key: string]: LogValue;
}

/** Where a row stands. */
export interface RowPosition {
  /** A whole number; by default one more than the run's last. */
  readonly step?: number;
  /** Seconds since 1970, or a date; by default now. */
  readonly timestamp?: number | Date;
}
