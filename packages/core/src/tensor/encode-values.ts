import { SummaError } from '../summa-error.ts';
import { type DType, isWide, itemSize } from './dtype.ts';
import type { Scalar } from './nested-list.ts';
import { writeElement } from './tensor-element.ts';

type ErrorPath = readonly (string | number)[];

/**
 * The values as bytes, little-endian. Numbers for a float dtype are rounded to it as numpy does, so to ±Infinity beyond
 * its range.
 *
 * Throws INVALID_TENSOR for a value that the dtype does not hold: fractions and numbers beyond the range of a whole one,
 * other numbers than 0 and 1 as bool, booleans as anything else.
 */
export function encodeValues(values: readonly Scalar[], dtype: DType, path: ErrorPath = []): Uint8Array<ArrayBuffer> {
  const size = itemSize(dtype);
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (!holds(dtype, value)) throw misfit(`value ${i}, ${value},`, dtype, path);
    writeElement(view, i * size, { dtype, value: typeof value === 'boolean' ? Number(value) : value });
  }
  return bytes;
}

/**
 * The dtype of plain JavaScript values, by their type and not by their size, so that it does not change from step to
 * step: float64 for numbers (whole ones too), bool for booleans, int64 for bigints (uint64 when one is 2^63 or more).
 *
 * No values are float64. Throws INVALID_TENSOR for values of several types.
 */
export function dtypeOfValues(values: readonly Scalar[], path: ErrorPath = []): DType {
  const kind = values.length === 0 ? 'number' : typeof values[0];
  const stranger = values.find((value) => typeof value !== kind);
  if (stranger !== undefined) {
    const message = `the tensor mixes ${kind}s and ${typeof stranger}s; give values of one type, or name a dtype`;
    throw new SummaError('INVALID_TENSOR', message, path);
  }
  if (kind === 'number') return 'float64';
  if (kind === 'boolean') return 'bool';
  return values.some((value) => typeof value === 'bigint' && value >= 2n ** 63n) ? 'uint64' : 'int64';
}

function holds(dtype: DType, value: Scalar): boolean {
  if (dtype === 'bool') return typeof value === 'boolean' || Number(value) === 0 || Number(value) === 1;
  if (typeof value === 'boolean') return false;
  if (dtype.startsWith('float')) return true;
  if (typeof value === 'number' && !Number.isInteger(value)) return false;
  const [least, most] = rangeOf(dtype);
  return value >= least && value <= most;
}

function rangeOf(dtype: DType): [number | bigint, number | bigint] {
  const bits = itemSize(dtype) * 8;
  const isUnsigned = dtype.startsWith('u');
  const valueBits = isUnsigned ? bits : bits - 1;
  const end = isWide(dtype) ? 1n << BigInt(valueBits) : 2 ** valueBits;
  const most = typeof end === 'bigint' ? end - 1n : end - 1;
  return [isUnsigned ? 0 : -end, most];
}

function misfit(what: string, dtype: DType, path: ErrorPath): SummaError {
  return new SummaError(
    'INVALID_TENSOR',
    `${what} is none that ${dtype} holds; convert it, or name another dtype`,
    path,
  );
}
