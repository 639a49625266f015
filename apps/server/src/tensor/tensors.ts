import { SUMMARY_PERCENTILES, type TensorStatistics } from '@summa/core/tensor/tensor-statistics';
import { type FileRef, findStoredFile, type StoredFile } from '../file/file-store.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { BlobReader } from './blob-reader.ts';
import { RecentAnswers } from './recent-answers.ts';
import { FORMAT_BYTES, tensorFormat } from './tensor-format.ts';
import type { DatasetList, TensorDescription, TensorJobs } from './tensor-job.ts';
import type { TensorThreads } from './tensor-threads.ts';

/** A tensor in a file of a run. */
export interface TensorPlace {
  readonly file: FileRef & { readonly sha256: string };
  /** Which dataset of an HDF5 file; null for the only one, and for a `.npy` file. */
  readonly dataset: string | null;
}

/** How many answers are kept: descriptions, statistics and percentiles, some KiB each at most. */
const ANSWERS_KEPT = 2_000;

/** What tensors and threads need of the services. */
type TensorParts = Pick<Services, 'blobs' | 'database'> & { readonly threads: TensorThreads };

/**
 * Answers for the tensors in the files of runs, reading each file when it is first asked about.
 *
 * The same bytes have the same answers, so those are kept by hash; values are read anew each time.
 */
export class Tensors {
  readonly #parts: TensorParts;
  readonly #answers = new RecentAnswers(ANSWERS_KEPT);

  constructor(parts: TensorParts) {
    this.#parts = parts;
  }

  /** The datasets of an HDF5 file; null when the file is none. @throws ServerError CORRUPT_DATA */
  datasets(file: TensorPlace['file']): Promise<DatasetList | null> {
    return this.#kept('datasets', { file, dataset: null }, {});
  }

  /** What the tensor is; null when the file is no file of tensors, or has no such dataset. @throws ServerError CORRUPT_DATA, UNSUPPORTED_DTYPE */
  describe(place: TensorPlace): Promise<TensorDescription | null> {
    return this.#kept('describe', place, { dataset: place.dataset });
  }

  /** Its statistics, with these percentiles (0 to 100). @throws ServerError CORRUPT_DATA, TENSOR_TIMEOUT, SERVER_BUSY */
  async statistics(
    place: TensorPlace,
    percentiles: readonly number[] = SUMMARY_PERCENTILES,
  ): Promise<TensorStatistics> {
    const found = await this.#kept('statistics', place, { dataset: place.dataset, percentiles });
    return found ?? noTensor();
  }

  /** Values from number `from` up to, not including, `to`, in C order, fewer at the end. */
  async values(place: TensorPlace, from: number, to: number): Promise<readonly (number | bigint)[]> {
    const found = await this.#ask('values', place, { dataset: place.dataset, from, to });
    return found ?? noTensor();
  }

  #kept<Kind extends keyof TensorJobs>(kind: Kind, place: TensorPlace, input: TensorJobs[Kind]['input']) {
    const { projectId, sha256, path } = place.file;
    // The path too, for its end tells which error a damaged file is.
    const name = JSON.stringify([projectId, sha256, path, kind, input]);
    return this.#answers.get(name, () => this.#ask(kind, place, input));
  }

  /** Null when the file is no file of tensors. */
  async #ask<Kind extends keyof TensorJobs>(
    kind: Kind,
    { file }: TensorPlace,
    input: TensorJobs[Kind]['input'],
  ): Promise<TensorJobs[Kind]['output'] | null> {
    const stored = await this.#findStored(file);
    const reader = new BlobReader(this.#parts.blobs, stored, stored.size);
    try {
      const start = Buffer.alloc(Math.min(stored.size, FORMAT_BYTES));
      await reader.readInto(0, start);
      const format = tensorFormat(stored.path, start);
      if (format === null || (kind === 'datasets' && format !== 'hdf5')) return null;
      const readInto = (from: number, into: Uint8Array) => reader.readInto(from, into);
      return await this.#parts.threads.ask(kind, input, { format, size: stored.size, readInto });
    } finally {
      reader.close();
    }
  }

  async #findStored(file: TensorPlace['file']): Promise<StoredFile> {
    const stored = await findStoredFile(this.#parts.database.pool, file);
    if (stored?.sha256 === file.sha256) return stored;
    throw new ServerError('FILE_NOT_FOUND', 'the file was replaced or deleted meanwhile; ask for it again');
  }
}

function noTensor(): never {
  throw new ServerError('CORRUPT_DATA', 'the file is not the file of tensors that it was');
}
