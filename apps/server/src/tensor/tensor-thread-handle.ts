import type { Worker } from 'node:worker_threads';
import { ServerError } from '../server-error.ts';
import { startThread } from '../thread/start-thread.ts';
import { errorOf } from '../thread/told-error.ts';
import { SharedWindow } from './shared-window.ts';
import type { TensorQuestion, ThreadMessage } from './tensor-job.ts';

/** Where a thread gets the bytes of a file from. */
export interface TensorBytes {
  readInto(start: number, into: Uint8Array): Promise<void>;
}

/** The heap of JavaScript in a thread; what HDF5 may take is bounded in the thread itself. */
const HEAP_MB = 256;
const ENTRY = new URL('./tensor-thread', import.meta.url);

/** A thread that reads tensors, one question at a time. Once it has failed it is of no further use. */
export class TensorThreadHandle {
  /** Whether it must not be asked again. */
  isSpent = false;

  readonly #worker: Worker;
  readonly #window = new SharedWindow();
  #question: Pending | undefined;

  constructor() {
    this.#worker = startThread(ENTRY, {
      workerData: this.#window.memory,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    // The HDF5 library writes what it dislikes about a file there, page after page.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on('message', (message: ThreadMessage) => this.#hear(message));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('the thread that reads tensors has ended')));
    this.#worker.unref();
  }

  /**
   * Asks one question, about a file whose bytes are these.
   *
   * @throws ServerError TENSOR_TIMEOUT when there is no answer in time, CORRUPT_DATA when the file was too much for the
   * thread, and whatever `bytes` throws
   */
  async ask(question: TensorQuestion, bytes: TensorBytes, timeLimitMs: number): Promise<unknown> {
    if (this.#question) throw new Error('this thread has not answered yet');
    const timer = setTimeout(() => this.#end(tookTooLong(timeLimitMs)), timeLimitMs);
    try {
      return await new Promise((resolve, reject) => {
        this.#question = { bytes, resolve, reject };
        this.#worker.postMessage(question);
      });
    } finally {
      clearTimeout(timer);
      this.#question = undefined;
    }
  }

  async stop(): Promise<void> {
    this.isSpent = true;
    await this.#worker.terminate();
  }

  #hear(message: ThreadMessage): void {
    if (message.kind === 'read') {
      void this.#give(message.start, message.length);
      return;
    }
    if (message.isSpent) void this.stop();
    if (message.kind === 'answer') this.#question?.resolve(message.output);
    else this.#question?.reject(errorOf(message.error));
    this.#question = undefined;
  }

  async #give(start: number, length: number): Promise<void> {
    const question = this.#question;
    try {
      await question?.bytes.readInto(start, this.#window.bytes.subarray(0, length));
      this.#window.fill(length);
    } catch (error) {
      question?.reject(error);
      this.#window.fail();
      void this.stop();
    }
  }

  #end(error: Error): void {
    const reason = hasCode(error, 'ERR_WORKER_OUT_OF_MEMORY') ? tooMuch(error) : error;
    this.#question?.reject(reason);
    this.#question = undefined;
    void this.stop();
  }
}

interface Pending {
  readonly bytes: TensorBytes;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function tookTooLong(ms: number): ServerError {
  const message = `reading this tensor took longer than ${ms / 1000} s; download the file instead`;
  return new ServerError('TENSOR_TIMEOUT', message);
}

function tooMuch(cause: Error): ServerError {
  const message = 'the file claims more than there is memory for; save it again';
  return new ServerError('CORRUPT_DATA', message, [], { cause });
}

function hasCode(error: Error, code: string): boolean {
  return 'code' in error && error.code === code;
}
