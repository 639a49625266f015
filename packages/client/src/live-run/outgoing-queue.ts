import { utf8Length } from '@summa/core/json/utf8';
import { joinsSets, type Outgoing, type RunChange } from './outgoing.ts';

/** What waits in memory to be sent, in order, with its size: bytes are UTF-8 bytes of text, or of a file's content. */
export class OutgoingQueue {
  /** What was sent is undefined, so that nothing holds its memory. */
  #items: (Outgoing | undefined)[] = [];
  /** The bytes of each item, at the same index. */
  #sizes: number[] = [];
  /** The number of each item among all that the run ever queued, at the same index. */
  #entries: number[] = [];
  #head = 0;
  #rows = 0;
  #bytes = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The number of the first item; undefined when there is none. */
  get firstEntry(): number | undefined {
    return this.#entries[this.#head];
  }

  add(item: Outgoing, entry: number, size: number = sizeOf(item)): void {
    this.#items.push(item);
    this.#sizes.push(size);
    this.#entries.push(entry);
    this.#bytes += size;
    if (item.kind === 'row') this.#rows += 1;
  }

  /** Everything that waits. */
  all(): Outgoing[] {
    return this.#items.slice(this.#head).filter((item) => item !== undefined);
  }

  /**
   * What goes in the next request: rows or values set of the summary, as many as stand together up to `most` and
   * `mostBytes`, or anything else alone. One at least, if there is one.
   */
  firstBatch(most: number, mostBytes: number): Outgoing[] {
    const batch: Outgoing[] = [];
    let bytes = 0;
    for (let i = this.#head; i < this.#items.length && batch.length < most; i++) {
      const item = this.#items[i];
      if (item === undefined || (batch.length > 0 && !goesWith(item, batch))) break;
      bytes += this.#sizes[i] ?? 0;
      if (batch.length > 0 && bytes > mostBytes) break;
      batch.push(item);
    }
    return batch;
  }

  removeFirst(count: number): void {
    for (let i = this.#head; i < this.#head + count; i++) {
      this.#discount(i);
      this.#items[i] = undefined;
    }
    this.#head += count;
    if (this.#head < 1024 || this.#head * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#head);
    this.#sizes = this.#sizes.slice(this.#head);
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }

  /** Takes one item out of the middle and gives it back with its number: `index` counts from the head. */
  removeAt(index: number): { readonly item: Outgoing; readonly entry: number } | undefined {
    const at = this.#head + index;
    this.#discount(at);
    this.#sizes.splice(at, 1);
    const [entry = 0] = this.#entries.splice(at, 1);
    const [item] = this.#items.splice(at, 1);
    return item && { item, entry };
  }

  clear(): void {
    this.#items = [];
    this.#sizes = [];
    this.#entries = [];
    this.#head = 0;
    this.#rows = 0;
    this.#bytes = 0;
  }

  #discount(index: number): void {
    if (this.#items[index]?.kind === 'row') this.#rows -= 1;
    this.#bytes -= this.#sizes[index] ?? 0;
  }
}

function goesWith(item: Outgoing, batch: readonly Outgoing[]): boolean {
  if (item.kind === 'row') return batch[0]?.kind === 'row';
  return item.kind === 'change' && batch[0]?.kind === 'change' && joinsSets(item.change, changesOf(batch));
}

function changesOf(batch: readonly Outgoing[]): RunChange[] {
  return batch.flatMap((item) => (item.kind === 'change' ? [item.change] : []));
}

/** The bytes that an item keeps in memory, near enough. */
export function sizeOf(item: Outgoing): number {
  if (item.kind === 'files') return item.files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return utf8Length(item.text);
}
