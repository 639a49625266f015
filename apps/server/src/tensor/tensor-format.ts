import { corruptNpy } from '@summa/core/tensor/corrupt-npy';
import { ServerError } from '../server-error.ts';
import type { TensorFormat } from './tensor-job.ts';

/** How many bytes from the start of a file tell its format: HDF5 leaves up to 2,048 to whoever embeds it. */
export const FORMAT_BYTES: number = 2048 + 8;

const NPY = Buffer.from('\x93NUMPY', 'latin1');
const HDF5 = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
const HDF5_OFFSETS = [0, 512, 1024, 2048];

/**
 * The format of a file, of which `start` is the first `FORMAT_BYTES` bytes or all; null when it is no file of tensors.
 *
 * Throws CORRUPT_DATA for a file whose name ends as one of tensors does, and that does not begin as one.
 */
export function tensorFormat(path: string, start: Buffer): TensorFormat | null {
  if (start.subarray(0, NPY.length).equals(NPY)) return 'npy';
  if (HDF5_OFFSETS.some((at) => start.subarray(at, at + HDF5.length).equals(HDF5))) return 'hdf5';
  if (/\.npy$/i.test(path)) throw corruptNpy('it does not begin with \\x93NUMPY');
  if (/\.(h5|hdf5)$/i.test(path)) {
    throw new ServerError('CORRUPT_DATA', 'not a whole HDF5 file: it has no signature; save it again');
  }
  return null;
}
