import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { JsonValue } from '@summa/core/json/json-value';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { startThread } from '../thread/start-thread.ts';
import { errorOf } from '../thread/told-error.ts';
import { joinLogBody, mayLog } from './log-body.ts';
import type { BodyAnswer, BodyQuestion } from './log-body-thread.ts';
import { parseRequestBody } from './wire-body.ts';

/** From so many bytes on, a body with rows is read in a thread: below, handing it over takes longer than reading it. */
const LARGE_BYTES = 64 * 1024;
/** Threads at once: one core is left to the server itself. */
const MOST_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** After so long without a body a thread is ended. */
const IDLE_MS = 60_000;
/** The memory in which what is read is made: rows are read and forgotten by the million. */
const YOUNG_MB = 64;
const ENTRY = new URL('./log-body-thread', import.meta.url);

/** The threads that read large bodies with rows; every other body is read at once. */
export class LogBodyThreads {
  readonly #threads = new Set<BodyThread>();
  readonly #maxWaitingBytes: number;
  #waitingBytes = 0;

  /** `maxWaitingBytes`: how many bytes of bodies may wait for a thread, unless there is one body alone. */
  constructor(maxWaitingBytes: number = LIMITS.bodyBytesWaiting) {
    this.#maxWaitingBytes = maxWaitingBytes;
  }

  /**
   * Reads the body of a request. A large one is handed over: its bytes are gone for the caller.
   *
   * @throws SummaError as `parseRequestBody` does, ServerError SERVER_BUSY when too much waits already
   */
  async read(bytes: Buffer): Promise<JsonValue> {
    const { length } = bytes;
    if (length < LARGE_BYTES || !mayLog(bytes)) return parseRequestBody(bytes.toString());
    if (this.#waitingBytes + length > this.#maxWaitingBytes && this.#waitingBytes > 0) throw tooBusy();
    this.#waitingBytes += length;
    try {
      return joinLogBody(await this.#thread().read(bytes));
    } finally {
      this.#waitingBytes -= length;
    }
  }

  /** Ends the threads. What is still being read fails. */
  async stop(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.stop()));
  }

  /** The thread that has the least to do. */
  #thread(): BodyThread {
    const [first, ...others] = this.#threads;
    const least = others.reduce((best, thread) => (thread.waiting < (best?.waiting ?? 0) ? thread : best), first);
    if (least && (least.waiting === 0 || this.#threads.size >= MOST_THREADS)) return least;
    const thread = new BodyThread(() => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

interface Waiting {
  readonly resolve: (answer: BodyAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread, and the bodies that it has. */
class BodyThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEnd: () => void;
  #idle: NodeJS.Timeout | undefined;
  #asked = 0;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    this.#worker = startThread(ENTRY, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#worker.on('message', (answer: BodyAnswer) => {
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
      if (this.waiting === 0) this.#idle = setTimeout(() => void this.stop(), IDLE_MS).unref();
    });
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('a thread that reads bodies has ended')));
    this.#worker.unref();
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  async read(bytes: Buffer) {
    clearTimeout(this.#idle);
    const answer = await new Promise<BodyAnswer>((resolve, reject) => {
      const question: BodyQuestion = { id: this.#asked++, bytes: own(bytes) };
      this.#waiting.set(question.id, { resolve, reject });
      this.#worker.postMessage(question, [question.bytes.buffer as ArrayBuffer]);
    });
    if (answer.kind === 'failed') throw errorOf(answer.error);
    return answer.read;
  }

  async stop(): Promise<void> {
    this.#end(new Error('the server is stopping'));
    await this.#worker.terminate();
  }

  #end(error: Error): void {
    clearTimeout(this.#idle);
    this.#onEnd();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Bytes that share their memory with nothing, and can be handed over. */
function own(bytes: Buffer): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.prototype.slice.call(bytes);
}

function tooBusy(): ServerError {
  return new ServerError(
    'SERVER_BUSY',
    'the server has more rows to read than it may hold; send these again in a second',
  );
}
