// The thread that reads files of tensors: bytes that strangers made are only ever taken apart here. It knows no file,
// no database and no network; the server gives it the bytes that it asks for, and ends it when it takes too long.
import { parentPort, workerData } from 'node:worker_threads';
import { tellError } from '../thread/told-error.ts';
import { answerQuestion } from './answer-question.ts';
import type { ByteSource } from './byte-source.ts';
import { SharedWindow, WINDOW_BYTES } from './shared-window.ts';
import type { TensorQuestion, ThreadMessage } from './tensor-job.ts';
import { grownWasmMemory } from './wasm-memory.ts';

/** A thread whose WebAssembly has grown beyond this is not used again, for such memory is never given back. */
const KEPT_WASM_BYTES = 64 * 1024 * 1024;

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
// `SharedWindow.memory` of the owner.
const window = new SharedWindow(workerData as SharedArrayBuffer);

const tell = (message: ThreadMessage): void => port.postMessage(message);

function sourceOf(size: number): ByteSource {
  return {
    size,
    read(start, length) {
      const most = Math.min(length, WINDOW_BYTES, size - start);
      return most <= 0 ? new Uint8Array(0) : window.receive(() => tell({ kind: 'read', start, length: most }));
    },
  };
}

port.on('message', async (question: TensorQuestion) => {
  try {
    const output = await answerQuestion(question, sourceOf(question.size));
    tell({ kind: 'answer', output, isSpent: grownWasmMemory() > KEPT_WASM_BYTES });
  } catch (error) {
    // After a failure the memory of the HDF5 library is not trusted with the next file.
    tell({ kind: 'failure', error: tellError(error), isSpent: question.format === 'hdf5' && !isRefusal(error) });
  }
});

/** Whether the file was read well, and is only not of a kind that is kept. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('UNSUPPORTED_');
}
