import type { Output } from './frame/command-io.ts';
import { ProgressLine } from './terminal/progress-line.ts';

export type { Output };

/** How far one file is. */
export interface ImportCounts {
  /** Rows stored by this call. */
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Shows how far an import is: a bar that is redrawn on a terminal, nothing elsewhere. */
export class ImportProgress {
  readonly #line: ProgressLine;
  readonly #label: string;
  readonly #startedAt = Date.now();

  constructor(output: Output, label: string) {
    this.#line = new ProgressLine(output);
    this.#label = label;
  }

  /** Takes note of where the import is; shows it when it is time to. */
  update(counts: ImportCounts): void {
    this.#line.update(() => drawBar(this.#label, counts, Date.now() - this.#startedAt));
  }

  /** Takes the bar off the terminal again. */
  clear(): void {
    this.#line.clear();
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

/** Megabytes with one digit behind the point. */
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
