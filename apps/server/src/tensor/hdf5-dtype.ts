import { SummaError } from '@summa/core/summa-error';
import { type DType, itemSize, unsupportedDType } from '@summa/core/tensor/dtype';
import { elementCount, type Shape, shapeFault } from '@summa/core/tensor/shape';
import type { Dataset } from './hdf5-library.ts';
import type { DatasetEntry, TensorDescription } from './tensor-job.ts';

type Metadata = Dataset['metadata'];

const INTEGER = 0;
const FLOAT = 1;
const ENUM = 8;
const CLASS_NAMES = [
  'integer',
  'float',
  'time',
  'text',
  'bit field',
  'opaque',
  'record',
  'reference',
  'enumeration',
  'list',
  'array',
];
/** Gzip shrinks a run of equal bytes to a thousandth; a file whose values are more than that was not written with them. */
const MOST_SHRUNK = 1032;
const ALWAYS_ALLOWED_BYTES = 16 * 1024 * 1024;

/** The dtype of a dataset's values; null when they are not plain numbers of a size that numpy has. */
export function dtypeOf(metadata: Metadata): DType | null {
  const { type, size, signed } = metadata;
  if (type === INTEGER) return INTEGERS[`${signed ? '' : 'u'}${size}`] ?? null;
  if (type === FLOAT) return FLOATS[size] ?? null;
  return isBool(metadata) ? 'bool' : null;
}

const INTEGERS: Readonly<Record<string, DType>> = {
  1: 'int8',
  2: 'int16',
  4: 'int32',
  8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
};
const FLOATS: Readonly<Record<number, DType>> = { 2: 'float16', 4: 'float32', 8: 'float64' };

/** h5py writes numpy's booleans as an enumeration of FALSE and TRUE. */
function isBool({ type, size, enum_type: enumeration }: Metadata): boolean {
  if (type !== ENUM || size !== 1 || enumeration?.nmembers !== 2) return false;
  return enumeration.members.FALSE === 0 && enumeration.members.TRUE === 1;
}

/** A dataset as a list of them shows it; one whose description cannot be read has no dtype and no axes. */
export function entryOf(dataset: Dataset): DatasetEntry {
  const { metadata, path } = dataset;
  const shape = metadata.shape ?? [];
  return { path: path.replace(/^\//, ''), dtype: dtypeOf(metadata), shape: shapeFault(shape) === null ? shape : [] };
}

/**
 * What a dataset is, checked against the size of its file. The values come little-endian, whatever they are stored as.
 *
 * Throws UNSUPPORTED_DTYPE, and CORRUPT_DATA for a shape that cannot be or claims far more values than the file can hold.
 */
export function describeDataset({ metadata, path }: Dataset, fileSize: number): TensorDescription {
  const dtype = dtypeOf(metadata);
  if (dtype === null) throw unsupportedDType(CLASS_NAMES[metadata.type] ?? 'unknown');
  if (metadata.virtual_sources) throw corrupt('its values lie in other files');
  // A dataset without a dataspace ("empty") has no values.
  const shape = metadata.shape ?? [0];
  const fault = shapeFault(shape);
  if (fault !== null) throw corrupt(fault);
  checkClaim(shape, dtype, fileSize);
  return { dataset: path.replace(/^\//, ''), dtype, littleEndian: true, shape, count: elementCount(shape) };
}

function checkClaim(shape: Shape, dtype: DType, fileSize: number): void {
  const claimed = elementCount(shape) * itemSize(dtype);
  if (claimed <= Math.max(ALWAYS_ALLOWED_BYTES, fileSize * MOST_SHRUNK)) return;
  throw corrupt(`it claims ${claimed} bytes of values in a file of ${fileSize}`);
}

function corrupt(what: string): SummaError {
  return new SummaError('CORRUPT_DATA', `the dataset cannot be read: ${what}; save it again`);
}
