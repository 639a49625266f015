import { utf8Length } from '@summa/core/json/utf8';

/** A row as its wire JSON text: nothing that happens to the caller's object later can change it. */
export interface OutgoingRow {
  readonly kind: 'row';
  readonly text: string;
  /** Where it came from, for whoever reports that it was refused. */
  readonly line?: number;
}

/** Any other change of the run; it keeps its place among the rows, and may be sent again after an unknown outcome. */
export interface OutgoingChange {
  readonly kind: 'change';
  /** What it keeps in memory; given, it is refused like a row when the queue is full. */
  readonly bytes?: number;
  readonly send: (signal: AbortSignal) => Promise<void>;
}

/** What waits to be sent. */
export type Outgoing = OutgoingRow | OutgoingChange;

const CHANGE_BYTES = 100;

/** What a run has yet to send, in order, with its size: bytes are UTF-8 bytes of row text, what a change says, or a flat 100. */
export class OutgoingQueue {
  /** What was sent is undefined, so that nothing holds its memory. */
  #items: (Outgoing | undefined)[] = [];
  /** The bytes of each item, at the same index. */
  #sizes: number[] = [];
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

  get first(): Outgoing | undefined {
    return this.#items[this.#head];
  }

  get last(): Outgoing | undefined {
    return this.length === 0 ? undefined : this.#items.at(-1);
  }

  add(item: Outgoing): void {
    const size = item.kind === 'row' ? utf8Length(item.text) : (item.bytes ?? CHANGE_BYTES);
    this.#items.push(item);
    this.#sizes.push(size);
    this.#bytes += size;
    if (item.kind === 'row') this.#rows += 1;
  }

  /** The texts of the rows at the head, up to a change, `mostRows` and `mostBytes`; one row at least, if one is first. */
  firstRows(mostRows: number, mostBytes: number): string[] {
    const texts: string[] = [];
    let bytes = 0;
    for (let i = this.#head; i < this.#items.length && texts.length < mostRows; i++) {
      const item = this.#items[i];
      if (item?.kind !== 'row') break;
      bytes += this.#sizes[i] ?? 0;
      if (texts.length > 0 && bytes > mostBytes) break;
      texts.push(item.text);
    }
    return texts;
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
    this.#head = 0;
  }

  /** Takes one item out of the middle and gives it back: `index` counts from the head. */
  removeAt(index: number): Outgoing | undefined {
    this.#discount(this.#head + index);
    this.#sizes.splice(this.#head + index, 1);
    return this.#items.splice(this.#head + index, 1)[0];
  }

  clear(): void {
    this.#items = [];
    this.#sizes = [];
    this.#head = 0;
    this.#rows = 0;
    this.#bytes = 0;
  }

  #discount(index: number): void {
    if (this.#items[index]?.kind === 'row') this.#rows -= 1;
    this.#bytes -= this.#sizes[index] ?? 0;
  }
}
