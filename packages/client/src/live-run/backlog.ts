import type { Spool } from '../platform/spool.ts';
import type { Outgoing } from './outgoing.ts';
import { OutgoingQueue, sizeOf } from './outgoing-queue.ts';

/** Where a backlog keeps its items. */
export interface BacklogOptions {
  /** Most bytes that wait in memory. */
  readonly memoryBytes: number;
  /** Keeps everything that waits, and alone what is beyond the memory. */
  readonly spool: Spool | null;
  /** What the spool holds already, of a process before this one. */
  readonly left?: SpoolRest | undefined;
}

/** Items that lie in the spool alone. */
export interface SpoolRest {
  /** Where the first of them begins. */
  readonly position: number;
  /** Its number among all that the run ever queued. */
  readonly entry: number;
  readonly count: number;
  readonly rows: number;
  /** Rows of the writer that the server has. */
  readonly acceptedRows: number;
  /** The numbers of those that the server refused. */
  readonly refused: ReadonlySet<number>;
}

/** Items are read back in parts of this size. */
const READ_BYTES = 1_000_000;

/**
 * Everything that a run has yet to send, in order: the first of it in memory, the rest, when memory is full, in the
 * spool alone. Without a spool what is beyond the memory is not taken.
 */
export class Backlog {
  readonly #queue = new OutgoingQueue();
  readonly #memoryBytes: number;
  readonly #spool: Spool | null;
  readonly #refused: ReadonlySet<number>;
  /** Items ever queued. */
  #entries: number;
  #acceptedRows: number;
  #spilled: { position: number; entry: number; count: number; rows: number } | null;

  constructor({ memoryBytes, spool, left }: BacklogOptions) {
    this.#memoryBytes = memoryBytes;
    this.#spool = spool;
    this.#refused = left?.refused ?? new Set();
    this.#entries = (left?.entry ?? 0) + (left?.count ?? 0);
    this.#acceptedRows = left?.acceptedRows ?? 0;
    this.#spilled = left && left.count > 0 ? { ...left } : null;
  }

  get length(): number {
    return this.#queue.length + (this.#spilled?.count ?? 0);
  }

  get rows(): number {
    return this.#queue.rows + (this.#spilled?.rows ?? 0);
  }

  /** Bytes in memory. */
  get bytes(): number {
    return this.#queue.bytes;
  }

  /** Whether there is room for long: half of the memory is free, or half of the spool. */
  get hasRoom(): boolean {
    return this.#spool?.isUsable ? this.#spool.hasRoom : this.#queue.bytes * 2 <= this.#memoryBytes;
  }

  /** The server has that many rows of the writer. */
  start(acceptedRows: number): void {
    this.#acceptedRows = acceptedRows;
  }

  /**
   * Queues items, all or none, and returns whether it did: not when memory is full and there is no spool, unless they
   * are changes, which take next to nothing; not when the spool is full.
   */
  add(items: readonly Outgoing[]): boolean {
    const spool = this.#spool?.isUsable ? this.#spool : null;
    const position = spool?.position ?? 0;
    if (spool !== null && !spool.append(items)) return spool.isUsable ? false : this.add(items);
    const isFull = this.#queue.bytes >= this.#memoryBytes;
    if (spool === null && (this.#spilled !== null || (isFull && items.some(takesRoom)))) return false;
    if (spool !== null && (this.#spilled !== null || isFull)) this.#spill(items, position);
    else if (spool !== null && items.length === 1) this.#remember(items, spool.position - position);
    else this.#remember(items);
    return true;
  }

  /** Queues items in the spool alone, for another process to send, and returns whether it could. */
  keep(items: readonly Outgoing[]): boolean {
    return this.#spool?.append(items) ?? false;
  }

  /** Brings spilled items into memory when there is room. Rejects with SPOOL_DAMAGED, or with the disk's own error. */
  async refill(): Promise<void> {
    const spilled = this.#spilled;
    if (spilled === null || this.#spool === null || this.#queue.bytes * 2 > this.#memoryBytes) return;
    const { items, next } = await this.#spool.read(spilled.position, Math.min(READ_BYTES, this.#memoryBytes / 2));
    for (const item of items) {
      if (!this.#refused.has(spilled.entry)) this.#queue.add(item, spilled.entry);
      if (item.kind === 'row') spilled.rows -= 1;
      spilled.entry += 1;
      spilled.count -= 1;
    }
    spilled.position = next;
    if (spilled.count <= 0) this.#spilled = null;
  }

  /** What goes in the next request: see `OutgoingQueue`. */
  firstBatch(most: number, mostBytes: number): Outgoing[] {
    return this.#queue.firstBatch(most, mostBytes);
  }

  /** The server has these items, the first ones. */
  settle(items: readonly Outgoing[]): void {
    this.#queue.removeFirst(items.length);
    if (items[0]?.kind === 'row') this.#acceptedRows += items.length;
    const progress = this.#progress();
    this.#spool?.settle(progress);
    const isWhole = this.#entries - progress.entries === this.#queue.length;
    if (isWhole && this.#queue.bytes < READ_BYTES) this.#spool?.trim(progress, this.#queue.all());
  }

  /** The server refused one of the first items: it is left out, and given back. */
  refuse(index: number): Outgoing | undefined {
    const refused = this.#queue.removeAt(index);
    if (refused) this.#spool?.refuse(refused.entry);
    return refused?.item;
  }

  /** Forgets everything that waits; the spool keeps it. */
  clear(): void {
    this.#queue.clear();
    this.#spilled = null;
  }

  #remember(items: readonly Outgoing[], size?: number): void {
    for (const item of items) this.#queue.add(item, this.#entries++, size ?? sizeOf(item));
  }

  #spill(items: readonly Outgoing[], position: number): void {
    this.#spilled ??= { position, entry: this.#entries, count: 0, rows: 0 };
    this.#entries += items.length;
    this.#spilled.count += items.length;
    this.#spilled.rows += items.filter(({ kind }) => kind === 'row').length;
  }

  #progress() {
    const entries = this.#queue.firstEntry ?? this.#spilled?.entry ?? this.#entries;
    return { entries, rows: this.#acceptedRows };
  }
}

function takesRoom(item: Outgoing): boolean {
  return item.kind !== 'change';
}
