import { corruptNpy } from '@summa/core/tensor/corrupt-npy';
import { NPY_PRELUDE_SIZE, type NpyHeader, npyDataOffset, parseNpyHeader } from '@summa/core/tensor/npy-header';
import { sliceWindows } from '@summa/core/tensor/slice-tensor';
import { readElement } from '@summa/core/tensor/tensor-element';
import { type ByteSource, readFully } from './byte-source.ts';
import type { OpenTensor, TensorFile } from './open-tensor.ts';
import { WINDOW_BYTES } from './shared-window.ts';

/** Opens a `.npy` file; throws CORRUPT_DATA and UNSUPPORTED_DTYPE as `parseNpyHeader` does. */
export function openNpyFile(source: ByteSource): TensorFile {
  const header = readHeader(source);
  return {
    listDatasets: () => ({ datasets: [], hasMore: false }),
    open: (dataset) => (dataset === null ? openTensor(source, header) : null),
    close: () => {},
  };
}

function readHeader(source: ByteSource): NpyHeader {
  const prelude = source.read(0, NPY_PRELUDE_SIZE).slice();
  const dataOffset = npyDataOffset(prelude);
  if (dataOffset > source.size) throw corruptNpy('it ends inside its header');
  // What is allocated is at most the 1 MiB that `npyDataOffset` lets through.
  const start = new Uint8Array(Math.max(dataOffset, prelude.length));
  readFully(source, 0, start);
  return parseNpyHeader(start, source.size);
}

function openTensor(source: ByteSource, header: NpyHeader): OpenTensor {
  const { dtype, littleEndian, shape, count, dataOffset } = header;
  return {
    description: { dataset: null, dtype, littleEndian, shape, count },
    readAll(take) {
      for (let at = dataOffset; at < source.size; ) {
        const bytes = source.read(at, WINDOW_BYTES);
        if (bytes.length === 0) throw corruptNpy('it has become shorter');
        take(bytes);
        at += bytes.length;
      }
    },
    readValues: (from, to) => readValues(source, header, { from, to }),
  };
}

function readValues(source: ByteSource, header: NpyHeader, range: { from: number; to: number }): (number | bigint)[] {
  const values: (number | bigint)[] = [];
  for (const { start, end, values: places } of sliceWindows(header, range)) {
    const bytes = new Uint8Array(end - start);
    readFully(source, start, bytes);
    const view = new DataView(bytes.buffer);
    for (const { at, index } of places) values[index] = readElement(view, at, header);
  }
  return values;
}
