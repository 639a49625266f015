import { corruptNpy } from './corrupt-npy.ts';
import { type DType, itemSize, unsupportedDType, type ValueLayout } from './dtype.ts';
import type { PythonValue } from './python-literal.ts';

const DTYPES: ReadonlyMap<string, DType> = new Map([
  ['b1', 'bool'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
]);

/**
 * The layout that the `descr` of a `.npy` header names, such as '<f4' or '|b1'; '=' is read as little-endian.
 *
 * Throws UNSUPPORTED_DTYPE for what numpy calls a dtype but is no plain number (complex, text, dates, objects, records,
 * long doubles), and CORRUPT_DATA for anything else.
 */
export function parseDescr(descr: PythonValue): ValueLayout {
  if (descr.kind === 'list' || descr.kind === 'tuple') throw unsupportedDType('record');
  if (descr.kind !== 'text') throw corruptNpy('its descr is no text');
  const [, order, code = ''] = /^([<>|=])([a-zA-Z].*)$/.exec(descr.text) ?? [];
  if (order === undefined) throw corruptNpy(`its descr is ${JSON.stringify(descr.text.slice(0, 60))}`);
  const dtype = DTYPES.get(code);
  if (dtype === undefined) throw unsupportedDType(descr.text);
  if (order === '|' && itemSize(dtype) > 1) throw corruptNpy(`its descr ${descr.text} gives no byte order`);
  return { dtype, littleEndian: order !== '>' };
}

/** The `descr` of little-endian values of this dtype, as numpy writes it. */
export function formatDescr(dtype: DType): string {
  const order = itemSize(dtype) === 1 ? '|' : '<';
  for (const [code, name] of DTYPES) if (name === dtype) return order + code;
  throw new RangeError(`no descr for ${dtype}`);
}
