import { corruptData } from './corrupt-data.ts';

/** Reads little-endian values one after another from `[start, end)` of `bytes`; reading past `end` is CORRUPT_DATA. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly end: number;
  /** Where the next value is read. */
  offset: number;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = start;
    this.end = end;
  }

  /** Moves past `byteLength` bytes and gives where they begin, so that a loop may read them through `view`. */
  take(byteLength: number): number {
    const start = this.offset;
    if (byteLength > this.end - start) throw corruptData(`it ends ${byteLength - (this.end - start)} bytes too early`);
    this.offset = start + byteLength;
    return start;
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  f64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  /** The next bytes, not copied. */
  raw(byteLength: number): Uint8Array {
    const start = this.take(byteLength);
    return this.bytes.subarray(start, start + byteLength);
  }

  /** Raises CORRUPT_DATA when bytes are left over. */
  finish(): void {
    if (this.offset !== this.end) throw corruptData(`${this.end - this.offset} bytes are left over`);
  }
}
