import { SummaError } from '@summa/core/summa-error';
import { itemSize } from '@summa/core/tensor/dtype';
import { readElement } from '@summa/core/tensor/tensor-element';
import { ServerError } from '../server-error.ts';
import { type ByteSource, PagedSource } from './byte-source.ts';
import { describeDataset, entryOf } from './hdf5-dtype.ts';
import type { Dataset, File, Hdf5Library } from './hdf5-library.ts';
import type { OpenTensor, TensorFile } from './open-tensor.ts';
import { type Slab, slabsOfChunks, slabsOfRange } from './slabs.ts';
import type { DatasetList, TensorDescription } from './tensor-job.ts';

/** How many bytes of values are taken from the library at once. */
const SLAB_BYTES = 1024 * 1024;
/** The filters that the library has: deflate, shuffle, fletcher32, szip, nbit and scale-offset. */
const KNOWN_FILTERS = [1, 2, 3, 4, 5, 6];

/**
 * Opens an HDF5 file; throws CORRUPT_DATA when it cannot be read.
 *
 * Values that the file says are in other files are refused: there are none.
 */
export function openHdf5File(library: Hdf5Library, source: ByteSource): TensorFile {
  const file = library.openFile(new PagedSource(source));
  if (file.file_id < 0n) throw corruptHdf5('its structure cannot be read');
  return {
    listDatasets: (limit) => listDatasets(library, file, limit),
    open(dataset) {
      const found = dataset === null ? onlyDataset(library, file) : findDataset(library, file, dataset);
      return found && openDataset(library, found, source.size);
    },
    close: () => library.closeFile(file),
  };
}

function listDatasets({ hdf5 }: Hdf5Library, file: File, limit: number): DatasetList {
  const found: Dataset[] = [];
  for (const path of file.paths()) {
    const entity = file.get(path);
    if (!(entity instanceof hdf5.Dataset)) continue;
    if (found.length === limit) return { datasets: found.map(entryOf), hasMore: true };
    found.push(entity);
  }
  return { datasets: found.map(entryOf), hasMore: false };
}

function onlyDataset(library: Hdf5Library, file: File): Dataset | null {
  const { datasets } = listDatasets(library, file, 2);
  const [only] = datasets;
  return only && datasets.length === 1 ? findDataset(library, file, only.path) : null;
}

/** Goes from group to group, so that what is not there is told from what cannot be read. */
function findDataset({ hdf5 }: Hdf5Library, file: File, path: string): Dataset | null {
  let entity: unknown = file;
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (!(entity instanceof hdf5.Group) || !entity.keys().includes(name)) return null;
    entity = entity.get(name);
  }
  return entity instanceof hdf5.Dataset ? entity : null;
}

function openDataset(library: Hdf5Library, dataset: Dataset, fileSize: number): OpenTensor {
  const description = describeDataset(dataset, fileSize);
  checkFilters(dataset);
  const { shape, count, dtype } = description;
  const most = SLAB_BYTES / itemSize(dtype);
  const { chunks } = dataset.metadata;
  return {
    description,
    readAll(take) {
      const slabs = chunks ? slabsOfChunks(shape, chunks, most) : slabsOfRange(shape, { from: 0, to: count, most });
      for (const slab of slabs) readSlab(library, { dataset, description, slab }, take);
    },
    readValues(from, to) {
      const values: (number | bigint)[] = [];
      const end = Math.min(to, count);
      for (const slab of slabsOfRange(shape, { from, to: end, most })) {
        readSlab(library, { dataset, description, slab }, (bytes) => values.push(...elementsOf(bytes, description)));
      }
      return values;
    },
  };
}

function checkFilters(dataset: Dataset): void {
  const unknown = dataset.filters.find(({ id }) => !KNOWN_FILTERS.includes(id));
  if (unknown === undefined) return;
  throw new ServerError(
    'UNSUPPORTED_FILTER',
    `the dataset is packed with the filter ${unknown.name || unknown.id}, which is not known here; store it with gzip or unpacked`,
  );
}

interface SlabOfDataset {
  readonly dataset: Dataset;
  readonly description: TensorDescription;
  readonly slab: Slab;
}

/** Has the library put a box of values into its memory, where they always are little-endian. */
function readSlab(
  { module }: Hdf5Library,
  { dataset, description, slab }: SlabOfDataset,
  take: (bytes: Uint8Array) => void,
) {
  const length = slab.count.reduce((product, one) => product * one, 1) * itemSize(description.dtype);
  const [malloc, free] = [module._malloc, module._free];
  const at = malloc(length);
  if (at === 0) throw corruptHdf5('it needs more memory than there is for it');
  try {
    const [count, offset] = [slab.count.map(BigInt), slab.offset.map(BigInt)];
    const strides = count.map(() => 1n);
    const status =
      count.length === 0
        ? module.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(at))
        : module.get_dataset_data(dataset.file_id, dataset.path, count, offset, strides, BigInt(at));
    if (status < 0) throw corruptHdf5(`the values of ${JSON.stringify(dataset.path)} cannot be read`);
    take(module.HEAPU8.subarray(at, at + length));
  } finally {
    free(at);
  }
}

function elementsOf(bytes: Uint8Array, { dtype }: TensorDescription): (number | bigint)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = itemSize(dtype);
  return Array.from({ length: bytes.length / size }, (_, i) =>
    readElement(view, i * size, { dtype, littleEndian: true }),
  );
}

/** The error for an HDF5 file that is damaged: `what` says where it stops making sense. */
export function corruptHdf5(what: string, options?: ErrorOptions): SummaError {
  return new SummaError('CORRUPT_DATA', `not a whole HDF5 file: ${what}; save it again`, [], options);
}
