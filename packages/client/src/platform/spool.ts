import type { Outgoing } from '../live-run/outgoing.ts';

/** A file that holds what a run has yet to send, so that it outlives the process. */
export interface Spool {
  /** Where it lies. */
  readonly path: string;
  /** The byte behind what was written last: where `read` finds what is appended next. */
  readonly position: number;
  /** False once its disk has failed: nothing is appended any more. */
  readonly isUsable: boolean;
  /** Whether half of its bytes are free. */
  readonly hasRoom: boolean;
  /**
   * Hands items to the operating system before it returns, all or none, and returns whether it did: not when it is full
   * (changes are taken all the same), nor when its disk fails.
   */
  append(items: readonly Outgoing[]): boolean;
  /** The server has every item before this one, and that many rows of the writer. */
  settle(progress: SpoolProgress): void;
  /** The server refused this item: it is never sent again. */
  refuse(entry: number): void;
  /** The server has started the run. */
  start(run: SpooledRun): void;
  /** Reads items from a position on: as many as begin within `mostBytes`, one at least where there is one. */
  read(position: number, mostBytes: number): Promise<SpoolPart>;
  /** Begins the file anew with what is not settled yet, when that is worth it. */
  trim(progress: SpoolProgress, unsettled: readonly Outgoing[]): void;
  /** Nothing more is written; what is left is for `summa sync`. */
  close(): void;
  /** Nothing is left: removes the file. */
  remove(): void;
}

/** How far the server has followed. */
export interface SpoolProgress {
  /** Items settled, of all that were ever appended. */
  readonly entries: number;
  /** Rows of the writer that the server has in all. */
  readonly rows: number;
}

/** The run as the server knows it. */
export interface SpooledRun {
  readonly id: string;
  readonly path: string;
  /** Rows of the writer that the server had at the start. */
  readonly acceptedRows: number;
}

/** Items read back. */
export interface SpoolPart {
  readonly items: readonly Outgoing[];
  /** Where the next one begins. */
  readonly next: number;
}
