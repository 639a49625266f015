import { FRAME_HEAD, frameLength, frameType } from './frame.ts';

/** Reads bytes at a position into a buffer and resolves to how many there were; 0 at the end. */
export type ReadAt = (buffer: Buffer, position: number) => Promise<number>;

/** One frame of a file. */
export interface Frame {
  readonly type: number;
  readonly payload: Buffer;
  /** The byte where it begins, and the one behind it. */
  readonly start: number;
  readonly next: number;
}

/** How the frames of a file end: `torn` when the last one was cut off, as by a kill; `damaged` when bytes have changed. */
export type FramesEnd = 'end' | 'torn' | 'damaged';

const CHUNK_BYTES = 1_000_000;

/** The frames of a file, one after the other, in bounded memory: a chunk, or a frame if that is larger. */
export class FrameReader {
  readonly #readAt: ReadAt;
  #buffer = Buffer.alloc(0);
  /** Where the buffer begins in the file. */
  #bufferAt: number;
  #position: number;

  constructor(readAt: ReadAt, from: number) {
    this.#readAt = readAt;
    this.#bufferAt = from;
    this.#position = from;
  }

  /** The byte where the next frame begins: after the last one, where the file ended, was torn or is damaged. */
  get position(): number {
    return this.#position;
  }

  /** The next frame, or how the frames end. */
  async next(): Promise<Frame | FramesEnd> {
    const head = await this.#peek(FRAME_HEAD);
    if (head.length === 0) return 'end';
    if (head.length < FRAME_HEAD) return 'torn';
    const length = frameLength(head);
    if (length === null) return this.#damage();
    const frame = await this.#peek(FRAME_HEAD + length);
    if (frame.length < FRAME_HEAD + length) return 'torn';
    const type = frameType(frame);
    if (type === null) return this.#damage();
    const start = this.#position;
    this.#position = start + frame.length;
    return { type, payload: frame.subarray(FRAME_HEAD), start, next: this.#position };
  }

  /** A machine that lost its power may leave zeros where bytes never arrived: nothing but those to the end is a torn frame. */
  async #damage(): Promise<FramesEnd> {
    for (let at = this.#position; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = await this.#readAt(chunk, at);
      if (count === 0) return 'torn';
      if (chunk.subarray(0, count).some((byte) => byte !== 0)) return 'damaged';
      at += count;
    }
  }

  /** The next bytes, without going on: fewer at the end of the file. */
  async #peek(count: number): Promise<Buffer> {
    const skipped = this.#position - this.#bufferAt;
    if (this.#buffer.length - skipped < count) {
      await this.#fill(Math.max(count, CHUNK_BYTES));
      return this.#buffer.subarray(0, count);
    }
    return this.#buffer.subarray(skipped, skipped + count);
  }

  async #fill(size: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(size);
    let filled = 0;
    for (let count = 1; count > 0 && filled < size; filled += count) {
      count = await this.#readAt(buffer.subarray(filled), this.#position + filled);
    }
    this.#buffer = buffer.subarray(0, filled);
    this.#bufferAt = this.#position;
  }
}
