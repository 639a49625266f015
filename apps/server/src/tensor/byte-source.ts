import { SummaError } from '@summa/core/summa-error';
import { WINDOW_BYTES } from './shared-window.ts';

/** The bytes of a file, read at once. */
export interface ByteSource {
  readonly size: number;
  /** At most so many bytes from `start` on, fewer only at the end of the file; the next call may overwrite them. */
  read(start: number, length: number): Uint8Array;
}

const PAGE_BYTES = 64 * 1024;
const PAGES = 64;

/** A source that keeps its last 4 MiB, for a reader that jumps to and fro. */
export class PagedSource implements ByteSource {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #pages = new Map<number, Uint8Array>();

  constructor(source: ByteSource) {
    this.size = source.size;
    this.#source = source;
  }

  /** The bytes within one page, or for long reads those within one window, so that they do not push out all pages. */
  read(start: number, length: number): Uint8Array {
    if (start >= this.size) return new Uint8Array(0);
    if (length >= PAGE_BYTES) return this.#source.read(start, Math.min(length, WINDOW_BYTES));
    const at = start % PAGE_BYTES;
    return this.#page(start - at).subarray(at, at + length);
  }

  #page(start: number): Uint8Array {
    const known = this.#pages.get(start);
    const page = known ?? this.#source.read(start, PAGE_BYTES).slice();
    this.#pages.delete(start);
    this.#pages.set(start, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > PAGES && oldest !== undefined) this.#pages.delete(oldest);
    return page;
  }
}

/** Reads on until all bytes have come; throws CORRUPT_DATA when the file ends before. */
export function readFully(source: ByteSource, start: number, into: Uint8Array): void {
  for (let at = 0; at < into.length; ) {
    const part = source.read(start + at, Math.min(into.length - at, WINDOW_BYTES));
    if (part.length === 0) throw new SummaError('CORRUPT_DATA', `the file ends before byte ${start + into.length}`);
    into.set(part, at);
    at += part.length;
  }
}
