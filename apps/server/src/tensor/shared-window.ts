/** How many bytes pass from the server to a thread at once. */
export const WINDOW_BYTES: number = 1024 * 1024;

const HEAD_BYTES = 8;
const WAITING = 0;
const FILLED = 1;
const FAILED = 2;

/**
 * Memory of two threads through which one of them gets bytes that only the other can read.
 *
 * The asking thread stands still meanwhile: the HDF5 library knows no promises. What it may wait for is bounded by the
 * other thread, which ends it.
 */
export class SharedWindow {
  readonly #state: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(HEAD_BYTES + WINDOW_BYTES)) {
    this.#state = new Int32Array(memory, 0, 2);
    this.#bytes = new Uint8Array(memory, HEAD_BYTES);
  }

  get memory(): SharedArrayBuffer {
    // A window is only ever made of one.
    return this.#bytes.buffer as SharedArrayBuffer;
  }

  /** In the asking thread: asks, waits, and returns what came, which the next call overwrites. */
  receive(ask: () => void): Uint8Array {
    Atomics.store(this.#state, 0, WAITING);
    ask();
    // The notification of an answer may come after its thread has read it, and then wakes whoever waits for the next.
    while (Atomics.load(this.#state, 0) === WAITING) Atomics.wait(this.#state, 0, WAITING);
    if (Atomics.load(this.#state, 0) === FAILED) throw new Error('the bytes could not be read');
    return this.#bytes.subarray(0, Atomics.load(this.#state, 1));
  }

  /** In the other thread: where bytes are put before `fill` or `fail`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Hands over the first bytes. */
  fill(length: number): void {
    Atomics.store(this.#state, 1, length);
    this.#wake(FILLED);
  }

  /** Tells that the bytes cannot be read. */
  fail(): void {
    this.#wake(FAILED);
  }

  #wake(state: number): void {
    Atomics.store(this.#state, 0, state);
    Atomics.notify(this.#state, 0);
  }
}
