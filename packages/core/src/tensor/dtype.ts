import { SummaError } from '../summa-error.ts';

/** The type of a tensor's values, by numpy's name. */
export type DType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64';

/** How the values of a tensor lie in its bytes, but for their order. */
export interface ValueLayout {
  readonly dtype: DType;
  readonly littleEndian: boolean;
}

const ITEM_SIZES: Readonly<Record<DType, number>> = {
  bool: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
};

/** How many bytes one value takes. */
export function itemSize(dtype: DType): number {
  return ITEM_SIZES[dtype];
}

/** Whether values may be whole numbers beyond ±(2^53-1), which float64 does not hold exactly. */
export function isWide(dtype: DType): boolean {
  return dtype === 'int64' || dtype === 'uint64';
}

/** Whether a text names a dtype; names are numpy's, in lower case. */
export function isDType(name: unknown): name is DType {
  return typeof name === 'string' && Object.hasOwn(ITEM_SIZES, name);
}

/** The dtype of this name; throws UNSUPPORTED_DTYPE for any other, complex and text among them. */
export function parseDType(name: unknown, path: readonly (string | number)[] = []): DType {
  if (isDType(name)) return name;
  throw unsupportedDType(typeof name === 'string' ? name : String(name), path);
}

/** The error for a tensor whose values are of a type that has no statistics here; `name` is cut when long. */
export function unsupportedDType(name: string, path: readonly (string | number)[] = []): SummaError {
  const known = Object.keys(ITEM_SIZES).join(', ');
  const shown = JSON.stringify(name.slice(0, 60));
  return new SummaError(
    'UNSUPPORTED_DTYPE',
    `tensors of dtype ${shown} are not kept; convert to one of ${known}`,
    path,
  );
}
