import type { DatasetList, TensorDescription } from './tensor-job.ts';

/** A tensor of a file that is being read. */
export interface OpenTensor {
  readonly description: TensorDescription;
  /** Gives the bytes of all values, in any order but each once; they are overwritten when `take` returns. */
  readAll(take: (bytes: Uint8Array) => void): void;
  /** Values from number `from` up to, not including, `to`, in C order. */
  readValues(from: number, to: number): (number | bigint)[];
}

/** A file that holds tensors. */
export interface TensorFile {
  /** At most so many datasets; a format of just one tensor has none. */
  listDatasets(limit: number): DatasetList;
  /** The tensor with this name, or the only one for null; null when there is none. */
  open(dataset: string | null): OpenTensor | null;
  close(): void;
}
