import type { RowWindow } from './row-window.ts';

/** Writes rows in one of the formats, a bounded number of bytes at a time. */
export interface RowEncoder {
  /** What stands before all rows. */
  begin(): Buffer;
  /** The rows of a window. */
  encode(window: RowWindow): Iterable<Buffer>;
  /** What stands after all rows. */
  end(): Buffer;
}

/** Characters that are collected before they are sent. */
export const BATCH_CHARACTERS = 64 * 1024;
