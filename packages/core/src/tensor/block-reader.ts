import { type BlockDecoder, blockDecoder } from './decode-block.ts';
import { itemSize, type ValueLayout } from './dtype.ts';
import { BLOCK_LENGTH, ValueBlock } from './value-block.ts';

/**
 * Turns bytes that come in pieces of any length, cut anywhere, into blocks of values.
 *
 * Blocks are cut at the same values whatever the pieces, so that what is added up from them is the same to the last bit.
 */
export class BlockReader {
  /** The block that was decoded last; its counts of values that are not finite are of all blocks so far. */
  readonly block: ValueBlock = new ValueBlock();
  /** How many bytes were pushed. */
  byteCount = 0;

  readonly #decode: BlockDecoder;
  readonly #take: (block: ValueBlock) => void;
  /** The bytes of the next block, of which `#filled` have come. */
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #filled = 0;

  /** `take` is called with each block, before the next is decoded into it. */
  constructor(layout: ValueLayout, take: (block: ValueBlock) => void) {
    this.#decode = blockDecoder(layout);
    this.#take = take;
    this.#bytes = new Uint8Array(BLOCK_LENGTH * itemSize(layout.dtype));
    this.#view = new DataView(this.#bytes.buffer);
  }

  push(bytes: Uint8Array): void {
    this.byteCount += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#bytes.length - this.#filled);
      this.#bytes.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#bytes.length) this.flush();
    }
  }

  /** Decodes what has come of the last block; it must not end inside a value. */
  flush(): void {
    if (this.#filled === 0) return;
    this.#decode(this.#view, this.#filled, this.block);
    this.#filled = 0;
    this.#take(this.block);
  }
}
