import { SummaError } from '../summa-error.ts';
import { BlockReader } from './block-reader.ts';
import { itemSize, type ValueLayout } from './dtype.ts';
import type { ValueBlock } from './value-block.ts';

/** What a pass over a tensor is for. */
export interface PassTask {
  /** Takes each block of finite values; the block is then filled again. */
  readonly take: (block: ValueBlock) => void;
  /** Is called once, when all bytes have come; `block` has the counts of the values that are not finite. */
  readonly end: (block: ValueBlock) => void;
}

/** One pass over all bytes of a tensor, in their order. */
export class TensorPass {
  readonly #reader: BlockReader;
  readonly #byteLength: number;
  readonly #task: PassTask;
  #isOver = false;

  constructor(layout: ValueLayout, count: number, task: PassTask) {
    this.#reader = new BlockReader(layout, task.take);
    this.#byteLength = count * itemSize(layout.dtype);
    this.#task = task;
  }

  /** Takes the next bytes, cut anywhere, without keeping them; throws CORRUPT_DATA when they are too many. */
  push(bytes: Uint8Array): void {
    if (this.#isOver) throw new Error('this pass is over; ask the scan for the next one');
    const come = this.#reader.byteCount + bytes.length;
    if (come > this.#byteLength) throw wrongLength(`more than ${this.#byteLength}`, this.#byteLength);
    this.#reader.push(bytes);
  }

  /** Ends the pass; throws CORRUPT_DATA when bytes are missing. */
  end(): void {
    if (this.#isOver) throw new Error('this pass is over already');
    const { byteCount, block } = this.#reader;
    if (byteCount !== this.#byteLength) throw wrongLength(String(byteCount), this.#byteLength);
    this.#isOver = true;
    this.#reader.flush();
    this.#task.end(block);
  }
}

function wrongLength(found: string, expected: number): SummaError {
  return new SummaError(
    'CORRUPT_DATA',
    `the tensor has ${found} bytes of values instead of ${expected}; save it again`,
  );
}
