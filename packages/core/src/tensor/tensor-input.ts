import type { JsonValue } from '../json/json-value.ts';
import { isPlainObject } from '../json/wire-json.ts';
import { SummaError } from '../summa-error.ts';
import { type DType, itemSize, parseDType } from './dtype.ts';
import { dtypeOfValues, encodeValues } from './encode-values.ts';
import { flattenList, nestList } from './nested-list.ts';
import { elementCount, type Shape } from './shape.ts';
import { readElement } from './tensor-element.ts';
import { copyLittleEndian, isTypedArray, typedArrayDType } from './typed-array.ts';

type ErrorPath = readonly (string | number)[];

/** Up to so many numbers are a plain list in a summary, as with W&B, and no tensor. */
export const MAX_LIST_VALUES = 32;

/** A whole tensor: its values in C order (the last axis varies fastest), little-endian. */
export interface Tensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a caller's tensor comes to: a JSON value when it is small, else the tensor. */
export type TensorInput =
  | { readonly kind: 'list'; readonly value: JsonValue }
  | { readonly kind: 'tensor'; readonly tensor: Tensor };

/**
 * Whether a value that is logged or set is meant as a tensor without further ado: a typed array, or an object of exactly
 * `dtype`, `shape` and `data`. A plain list is a list, unless it is passed to `parseTensorInput`.
 */
export function isTensorInput(value: unknown): boolean {
  if (isTypedArray(value)) return true;
  if (typeof value !== 'object' || value === null || !isPlainObject(value)) return false;
  return Object.keys(value).length === 3 && 'dtype' in value && 'shape' in value && 'data' in value;
}

/**
 * Reads a tensor as callers give it, copying its values:
 *
 * - a typed array: one axis, its own dtype;
 * - lists of lists of numbers: float64 of numbers, int64 of bigints, bool of booleans (see `dtypeOfValues`);
 * - `{ dtype, shape, data }`, `data` being values in C order (a typed array or lists, converted to the dtype), an
 *   ArrayBuffer of little-endian bytes, or a Uint16Array of the bits of float16.
 *
 * Up to 32 values come back as JSON: lists of lists, and a plain number for the shape `[]`. Throws INVALID_TENSOR, at
 * the path of the bad place, and UNSUPPORTED_DTYPE.
 */
export function parseTensorInput(input: unknown, path: ErrorPath = []): TensorInput {
  const tensor = readTensor(input, path);
  if (listLength(tensor.shape) > MAX_LIST_VALUES) return { kind: 'tensor', tensor };
  return { kind: 'list', value: nestList(jsonValues(tensor), tensor.shape) };
}

function readTensor(input: unknown, path: ErrorPath): Tensor {
  const own = typedArrayDType(input);
  if (isTypedArray(input) && own !== null) {
    return { dtype: own, shape: [input.length], bytes: copyLittleEndian(input, own) };
  }
  if (Array.isArray(input)) {
    const { shape, values } = flattenList(input, path);
    const dtype = dtypeOfValues(values, path);
    return { dtype, shape, bytes: encodeValues(values, dtype, path) };
  }
  if (typeof input !== 'object' || input === null || !isPlainObject(input)) {
    throw new SummaError('INVALID_TENSOR', 'not a tensor; give a typed array, lists, or { dtype, shape, data }', path);
  }
  return readDescribed(input, path);
}

function readDescribed({ dtype: name, shape, data }: Record<string, unknown>, path: ErrorPath): Tensor {
  const dtype = parseDType(name, [...path, 'dtype']);
  if (!isNumberList(shape)) {
    throw new SummaError('INVALID_TENSOR', 'the shape is no list of numbers; give the length of each axis', [
      ...path,
      'shape',
    ]);
  }
  const count = elementCount(shape, [...path, 'shape']);
  const bytes = readData(data, dtype, [...path, 'data']);
  if (bytes.length !== count * itemSize(dtype)) {
    const message = `the data has ${bytes.length / itemSize(dtype)} values of ${dtype}, the shape ${count}; make them agree`;
    throw new SummaError('INVALID_TENSOR', message, [...path, 'data']);
  }
  return { dtype, shape: [...shape], bytes };
}

function readData(data: unknown, dtype: DType, path: ErrorPath): Uint8Array<ArrayBuffer> {
  if (isArrayBuffer(data)) return new Uint8Array(data.slice(0));
  const own = typedArrayDType(data);
  if (isTypedArray(data) && own !== null) {
    const isBits = own === 'uint16' && dtype === 'float16';
    return own === dtype || isBits ? copyLittleEndian(data, own) : encodeValues(Array.from(data), dtype, path);
  }
  if (Array.isArray(data)) return encodeValues(flattenList(data, path).values, dtype, path);
  throw new SummaError('INVALID_TENSOR', 'the data is no typed array, list or ArrayBuffer; give one of them', path);
}

/** By name, for a buffer of another realm is of another class. */
function isArrayBuffer(data: unknown): data is ArrayBuffer {
  return Object.prototype.toString.call(data) === '[object ArrayBuffer]';
}

/** The values, and the empty lists where an axis is 0, that lists of this shape would hold. */
function listLength(shape: Shape): number {
  return shape.reduce((length, axis) => length * Math.max(1, axis), 1);
}

function jsonValues({ dtype, bytes }: Tensor): JsonValue[] {
  const view = new DataView(bytes.buffer);
  const size = itemSize(dtype);
  return Array.from({ length: bytes.length / size }, (_, i) => {
    const value = readElement(view, i * size, { dtype, littleEndian: true });
    return dtype === 'bool' ? value === 1 : value;
  });
}

function isNumberList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number');
}
