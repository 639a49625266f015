import { type BlockDecoder, blockDecoder } from './decode-block.ts';
import { itemSize, type ValueLayout } from './dtype.ts';
import { BLOCK_LENGTH, ValueBlock } from './value-block.ts';

/** Turns bytes that come in pieces of any length, cut anywhere, into blocks of values. */
export class BlockReader {
  /** The block that was decoded last; its counts of values that are not finite are of all bytes so far. */
  readonly block: ValueBlock = new ValueBlock();
  /** How many bytes were pushed. */
  byteCount = 0;

  readonly #size: number;
  readonly #decode: BlockDecoder;
  readonly #take: (block: ValueBlock) => void;
  /** The first bytes of a value whose other bytes have not come yet, `#carried` of them. */
  readonly #carry = new Uint8Array(8);
  #carried = 0;

  /** `take` is called with each block, before the next is decoded into it. */
  constructor(layout: ValueLayout, take: (block: ValueBlock) => void) {
    this.#size = itemSize(layout.dtype);
    this.#decode = blockDecoder(layout);
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    this.byteCount += bytes.length;
    const rest = this.#carried === 0 ? bytes : this.#completeCarried(bytes);
    const whole = rest.length - (rest.length % this.#size);
    this.#decodeWhole(rest.subarray(0, whole));
    this.#carry.set(rest.subarray(whole), this.#carried);
    this.#carried += rest.length - whole;
  }

  /** Gives the value that was cut its missing bytes; what is left of `bytes`. */
  #completeCarried(bytes: Uint8Array): Uint8Array {
    const missing = bytes.subarray(0, this.#size - this.#carried);
    this.#carry.set(missing, this.#carried);
    this.#carried += missing.length;
    if (this.#carried === this.#size) {
      this.#carried = 0;
      this.#decodeWhole(this.#carry.subarray(0, this.#size));
    }
    return bytes.subarray(missing.length);
  }

  #decodeWhole(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const step = BLOCK_LENGTH * this.#size;
    for (let start = 0; start < bytes.length; start += step) {
      this.#decode({ view, start, end: Math.min(start + step, bytes.length) }, this.block);
      this.#take(this.block);
    }
  }
}
