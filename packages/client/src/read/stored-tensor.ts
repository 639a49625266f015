import { sha256 } from '@summa/core/hash/sha256';
import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseTensorDocument, type TensorSummary } from '@summa/core/tensor/tensor-value';
import { clientError } from '../error-families.ts';
import type { StoredFiles } from '../file/stored-files.ts';
import { decodeNpy, type NpyContent } from '../tensor/npy-bytes.ts';
import { withRetries } from '../transport/with-retries.ts';

/** A tensor of a run: what its summary or a row says of it, and the way to its values. */
export class StoredTensor {
  /** Type, dtype, shape, and every statistic; null where the document does not say, as W&B's say less. */
  readonly statistics: TensorSummary;
  /** Where its `.npy` file lies among the run's files; null when it was never uploaded, as W&B's client does. */
  readonly path: string | null;
  readonly #files: StoredFiles;

  constructor(files: StoredFiles, statistics: TensorSummary, path: string | null) {
    this.#files = files;
    this.statistics = statistics;
    this.path = path;
  }

  get dtype(): TensorSummary['dtype'] {
    return this.statistics.dtype;
  }

  get shape(): TensorSummary['shape'] {
    return this.statistics.shape;
  }

  /**
   * All values, in C order, in an array of their dtype (see `TensorArray`). The whole file is read into memory; a part of
   * it is `run.files.download(tensor.path, { range })`.
   *
   * Rejects with FILE_NOT_FOUND when there is no file, HASH_MISMATCH when another tensor has taken its place.
   */
  async values(options: { readonly signal?: AbortSignal } = {}): Promise<NpyContent['values']> {
    const { path } = this;
    if (path === null) throw clientError('FILE_NOT_FOUND', 'The values of this tensor were never uploaded.');
    const bytes = await withRetries(() => this.#download(path, options), options);
    const expected = this.statistics.sha256;
    if (expected !== null && sha256(bytes) !== expected) {
      throw clientError('HASH_MISMATCH', `${path} is no longer what it was when the tensor was described.`);
    }
    return decodeNpy(bytes).values;
  }

  async #download(path: string, options: { readonly signal?: AbortSignal }): Promise<Uint8Array> {
    const response = await this.#files.download(path, options);
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      if (options.signal?.aborted) throw clientError('ABORTED', 'The transfer was aborted.', { cause });
      throw clientError('NETWORK', `The connection broke while ${path} was read.`, { cause });
    }
  }
}

/** The tensor that a value of a summary or a row describes; null when it describes none. */
export function toStoredTensor(files: StoredFiles, value: JsonValue | undefined): StoredTensor | null {
  if (value === undefined || !isJsonObject(value)) return null;
  const statistics = parseTensorDocument(value);
  return statistics && new StoredTensor(files, statistics, typeof value.path === 'string' ? value.path : null);
}
