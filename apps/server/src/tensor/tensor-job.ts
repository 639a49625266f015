import type { ValueLayout } from '@summa/core/tensor/dtype';
import type { Shape } from '@summa/core/tensor/shape';
import type { TensorStatistics } from '@summa/core/tensor/tensor-statistics';
import type { ToldError } from '../thread/told-error.ts';

/** The formats of files that hold tensors. */
export type TensorFormat = 'npy' | 'hdf5';

/** What a file says of one tensor in it. */
export interface TensorDescription extends ValueLayout {
  /** The path of the dataset in an HDF5 file; null in a `.npy` file, which holds just one. */
  readonly dataset: string | null;
  readonly shape: Shape;
  /** How many values there are. */
  readonly count: number;
}

/** One dataset of an HDF5 file, readable or not. */
export interface DatasetEntry {
  readonly path: string;
  /** numpy's name; null for values that are not plain numbers. */
  readonly dtype: string | null;
  readonly shape: Shape;
}

/** The first datasets of a file, and whether it has more. */
export interface DatasetList {
  readonly datasets: readonly DatasetEntry[];
  readonly hasMore: boolean;
}

/** What can be asked of a tensor file; `dataset` null means the only one there is. */
export interface TensorJobs {
  readonly datasets: { readonly input: object; readonly output: DatasetList };
  /** Null when the file has no such dataset. */
  readonly describe: { readonly input: { readonly dataset: string | null }; readonly output: TensorDescription | null };
  readonly statistics: {
    readonly input: { readonly dataset: string | null; readonly percentiles: readonly number[] };
    readonly output: TensorStatistics;
  };
  /** Values from number `from` up to, not including, `to`, in C order. */
  readonly values: {
    readonly input: { readonly dataset: string | null; readonly from: number; readonly to: number };
    readonly output: readonly (number | bigint)[];
  };
}

/** A question about a file of `size` bytes. */
export type TensorQuestion = {
  readonly [Kind in keyof TensorJobs]: {
    readonly kind: Kind;
    readonly format: TensorFormat;
    readonly size: number;
    readonly input: TensorJobs[Kind]['input'];
  };
}[keyof TensorJobs];

/** What the thread that reads tensors tells its owner. */
export type ThreadMessage =
  | { readonly kind: 'read'; readonly start: number; readonly length: number }
  | { readonly kind: 'answer'; readonly output: unknown; readonly isSpent: boolean }
  | { readonly kind: 'failure'; readonly error: ToldError; readonly isSpent: boolean };
