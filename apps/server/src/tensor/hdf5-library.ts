import type { Dataset, File } from 'h5wasm';
import type { ByteSource } from './byte-source.ts';
import { boundWasmMemory } from './wasm-memory.ts';

type Hdf5 = typeof import('h5wasm');
type Hdf5Module = Awaited<Hdf5['ready']>;

export type { Dataset, File };

/** The HDF5 library, in memory of its own, with a file system of its own in which there are only the files given to it. */
export interface Hdf5Library {
  readonly hdf5: Hdf5;
  readonly module: Hdf5Module;
  /** Opens a file whose bytes are read as they are needed. */
  openFile(source: ByteSource): File;
  /** Closes what `openFile` opened. */
  closeFile(file: File): void;
}

/** How much memory the library may take: a chunk of a dataset is unpacked whole. */
export const HDF5_MEMORY_BYTES: number = 256 * 1024 * 1024;

const PATH = '/file.h5';
let loaded: Promise<Hdf5Library> | undefined;

/**
 * Loads the library once for this thread; from then on no WebAssembly in it gets more memory than `HDF5_MEMORY_BYTES`.
 *
 * It is the build for browsers: the one for Node reads the disk, and an HDF5 file may name any other file as the place
 * of its values. Devices that its file system simulates are taken away for the same reason.
 */
export function loadHdf5Library(): Promise<Hdf5Library> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Hdf5Library> {
  boundWasmMemory(HDF5_MEMORY_BYTES);
  // The build asks only whether this name is there, to tell a browser's worker from its window.
  Object.assign(globalThis, { WorkerGlobalScope: Object });
  const hdf5 = await import('h5wasm');
  const module = await hdf5.ready;
  removeDevices(module);
  // Otherwise what cannot be read looks like what is not there.
  module.activate_throwing_error_handler();
  return {
    hdf5,
    module,
    openFile(source) {
      mountSource(module, source);
      return new hdf5.File(PATH, 'r');
    },
    closeFile(file) {
      if (file.file_id >= 0n) file.close();
      unmount(module);
    },
  };
}

function removeDevices(module: Hdf5Module): void {
  for (const name of ['stdin', 'stdout', 'stderr', 'tty', 'tty1', 'random', 'urandom', 'null']) {
    if (module.FS.analyzePath(`/dev/${name}`).exists) module.FS.unlink(`/dev/${name}`);
  }
}

/** What Emscripten's file system knows of a file; its types leave out what its implementations of file systems use. */
interface FileNode {
  usedBytes: number;
  stream_ops: object;
}

function mountSource({ FS }: Hdf5Module, source: ByteSource): void {
  if (FS.analyzePath(PATH).exists) FS.unlink(PATH);
  FS.writeFile(PATH, '');
  const { node } = FS.lookupPath(PATH, {}) as unknown as { node: FileNode };
  node.usedBytes = source.size;
  node.stream_ops = { ...node.stream_ops, read: readInto(source), mmap: undefined };
}

function unmount({ FS }: Hdf5Module): void {
  if (FS.analyzePath(PATH).exists) FS.unlink(PATH);
}

function readInto(source: ByteSource) {
  return (_stream: unknown, into: Uint8Array, offset: number, length: number, position: number): number => {
    let count = 0;
    while (count < length) {
      const bytes = source.read(position + count, length - count);
      if (bytes.length === 0) break;
      into.set(bytes, offset + count);
      count += bytes.length;
    }
    return count;
  };
}
