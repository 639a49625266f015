import type { WriteStream } from 'node:tty';

/** Where a command writes for people; only a terminal is drawn upon. */
export type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

/** How far one file is. */
export interface ImportCounts {
  /** Rows stored by this call. */
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

const DRAW_EVERY_MS = 100;
const PRINT_EVERY_MS = 5_000;

/** Shows how far an import is: a bar that is redrawn on a terminal, a line every five seconds elsewhere. */
export class ImportProgress {
  readonly #output: Output;
  readonly #label: string;
  readonly #startedAt = Date.now();
  #shownAt = 0;

  constructor(output: Output, label: string) {
    this.#output = output;
    this.#label = label;
    if (output.isTTY !== true) this.#shownAt = this.#startedAt;
  }

  /** Takes note of where the import is; shows it when it is time to. */
  update(counts: ImportCounts): void {
    const now = Date.now();
    const isTerminal = this.#output.isTTY === true;
    if (now - this.#shownAt < (isTerminal ? DRAW_EVERY_MS : PRINT_EVERY_MS)) return;
    this.#shownAt = now;
    const elapsedMs = now - this.#startedAt;
    if (!isTerminal) this.#output.write(`${this.#label}: ${describeProgress(counts, elapsedMs)}\n`);
    else this.#output.write(`\r\u001b[K${drawBar(this.#label, counts, elapsedMs).slice(0, this.#width())}`);
  }

  /** Takes the bar off the terminal again. */
  clear(): void {
    if (this.#output.isTTY === true) this.#output.write('\r\u001b[K');
  }

  #width(): number {
    return (this.#output.columns ?? 80) - 1;
  }
}

/** Rows, megabytes, rate and the time left, in words: `12,000 rows, 3.1 of 9.8 MB, 8,000 rows/s, 3 s left`. */
export function describeProgress({ rows, bytes, totalBytes }: ImportCounts, elapsedMs: number): string {
  const parts = [`${count(rows)} rows`, `${megabytes(bytes)} of ${megabytes(totalBytes)} MB`];
  if (elapsedMs > 0) parts.push(`${count(Math.round((rows / elapsedMs) * 1000))} rows/s`);
  if (bytes > 0) parts.push(`${duration((elapsedMs / bytes) * (totalBytes - bytes))} left`);
  return parts.join(', ');
}

function drawBar(label: string, counts: ImportCounts, elapsedMs: number): string {
  const share = counts.totalBytes === 0 ? 1 : counts.bytes / counts.totalBytes;
  const filled = Math.round(share * 20);
  return `${label} [${'#'.repeat(filled)}${'.'.repeat(20 - filled)}] ${describeProgress(counts, elapsedMs)}`;
}

/** A count with thousands separators. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** A time in its two largest units: `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
