import { sha256 } from '@summa/core/hash/sha256';
import type { JsonObject } from '@summa/core/json/json-value';
import type { KeyPath } from '@summa/core/key/key-path';
import { tensorStatistics } from '@summa/core/tensor/scan-bytes';
import type { Tensor } from '@summa/core/tensor/tensor-input';
import { toTensorDocument } from '@summa/core/tensor/tensor-value';
import { encodeNpy } from './npy-bytes.ts';

/** A tensor as it is kept: the document that a row or a summary holds, and the `.npy` file with its values. */
export interface TensorFile {
  /** What `toTensorDocument` of core says, and `path`: where the file lies in the run. */
  readonly document: JsonObject;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Makes the file and the document of a tensor at a key; takes some 70 ms for a million values. */
export function toTensorFile(tensor: Tensor, key: KeyPath): TensorFile {
  const { dtype, shape } = tensor;
  const bytes = encodeNpy(tensor);
  const hash = sha256(bytes);
  const path = tensorPath(key, hash);
  const document = { ...toTensorDocument(tensorStatistics(tensor), { dtype, shape, sha256: hash }), path };
  return { document, path, sha256: hash, bytes };
}

const MOST_KEY_CHARACTERS = 200;

/**
 * `tensors/<key>/<sha256>.npy`: equal tensors of one key are one file. The key is there for people to read, so what a
 * path may not hold is written `_`, and a long key is cut.
 */
function tensorPath(key: KeyPath, hash: string): string {
  const folders = key.join('/').slice(0, MOST_KEY_CHARACTERS).split('/').map(toFolder);
  return ['tensors', ...folders, `${hash}.npy`].join('/');
}

function toFolder(name: string): string {
  return /^\.{0,2}$/.test(name) ? '_' : name.replace(/[^\w.-]/g, '_');
}
