import type { DType } from '@summa/core/tensor/dtype';
import type { TypedArray } from '@summa/core/tensor/typed-array';

/**
 * A tensor with its type and shape: `data` has the values in C order (the last axis varies fastest), as a typed array or
 * lists, or is an ArrayBuffer of their little-endian bytes; a Uint16Array may be the bits of float16.
 */
export interface TensorData {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray | ArrayBuffer | readonly LogValue[];
}

/**
 * What may be logged: JSON, numbers that JSON lacks, bigints, and tensors. `undefined` and null are no observation.
 *
 * Tensors are typed arrays, `TensorData`, and lists of equally long lists of numbers. Those of up to 32 values are kept
 * as lists; larger ones are kept whole in a file, and described by their statistics. A flat list stays a list.
 */
export type LogValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | TypedArray
  | TensorData
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
