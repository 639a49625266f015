import { formatNpyHeader } from '@summa/core/tensor/npy-header';

/** A `.npy` file of float64 values. */
export function npyOf(values: Float64Array, shape: readonly number[] = [values.length]): Uint8Array<ArrayBuffer> {
  const header = formatNpyHeader('float64', shape);
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  for (const [i, value] of values.entries()) view.setFloat64(8 * i, value, true);
  return bytes;
}
