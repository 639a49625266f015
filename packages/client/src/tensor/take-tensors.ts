import { setOwn } from '@summa/core/json/own-property';
import { isPlainObject } from '@summa/core/json/wire-json';
import { MAX_NESTING } from '@summa/core/key/key-limits';
import type { KeyPath } from '@summa/core/key/key-path';
import { SummaError } from '@summa/core/summa-error';
import { isTensorInput, parseTensorInput, type TensorInput } from '@summa/core/tensor/tensor-input';
import { type TensorFile, toTensorFile } from './tensor-file.ts';

/** Where a value stands: its key, and its path in what the caller gave. */
export interface Place {
  readonly key: KeyPath;
  readonly path: readonly (string | number)[];
}

/** A value without tensors: each is now the document that describes it, or the plain lists that it comes to. */
export interface TakenTensors {
  readonly value: unknown;
  /** What has to be uploaded, so that the documents tell the truth. */
  readonly files: readonly TensorFile[];
}

/**
 * Takes the tensors out of a value that is logged or set, at any depth of plain objects: typed arrays, `{ dtype, shape,
 * data }`, and lists of lists of numbers. Their values are copied.
 *
 * A value without tensors comes back as it is, whatever it is. A flat list stays a list, and so do lists of lists that
 * are no tensor: not equally long, or not of one type. Throws core's INVALID_TENSOR and UNSUPPORTED_DTYPE with the path
 * of the bad place.
 */
export function takeTensors(value: unknown, place: Place): TakenTensors {
  const files: TensorFile[] = [];
  return { value: takeAt(value, place, files), files };
}

function takeAt(value: unknown, place: Place, files: TensorFile[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isTensorInput(value)) return keep(parseTensorInput(value, place.path), place, files);
  if (Array.isArray(value)) {
    const tensor = readLists(value);
    return tensor === null ? value : keep(tensor, place, files);
  }
  // What stands deeper than keys may go is refused by whoever reads the row.
  if (!isPlainObject(value) || Object.hasOwn(value, '_type') || place.key.length > MAX_NESTING) return value;
  return takeInside(value, place, files);
}

function takeInside(values: Record<string, unknown>, { key, path }: Place, files: TensorFile[]): unknown {
  let changed: Record<string, unknown> | null = null;
  for (const [name, inner] of Object.entries(values)) {
    const taken = takeAt(inner, { key: [...key, name], path: [...path, name] }, files);
    if (taken === inner) continue;
    changed ??= { ...values };
    setOwn(changed, name, taken);
  }
  return changed ?? values;
}

function keep(input: TensorInput, { key }: Place, files: TensorFile[]): unknown {
  if (input.kind === 'list') return input.value;
  const file = toTensorFile(input.tensor, key);
  files.push(file);
  return file.document;
}

/** The tensor that lists of lists of numbers are when they are too many for a list; else null. */
function readLists(list: readonly unknown[]): TensorInput | null {
  if (!Array.isArray(list[0])) return null;
  try {
    const input = parseTensorInput(list);
    return input.kind === 'tensor' ? input : null;
  } catch (error) {
    if (error instanceof SummaError && error.code === 'INVALID_TENSOR') return null;
    throw error;
  }
}
