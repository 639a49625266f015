import { stat } from 'node:fs/promises';
import { Delivery } from '../live-run/delivery.ts';
import { type DeliveryPolicy, defaultPolicy } from '../live-run/delivery-policy.ts';
import { outgoingChange } from '../live-run/outgoing.ts';
import { createRunSender } from '../live-run/run-sender.ts';
import { requestStart, type StartedRun, type StartRunOptions, settleStart } from '../live-run/start-run.ts';
import { SummaClientError } from '../summa-client-error.ts';
import type { Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import { CommandError, Interrupted } from './command-error.ts';
import type { ImportCounts } from './import-progress.ts';
import { parseImportLine } from './parse-import-row.ts';
import { type Line, readLines } from './read-lines.ts';

/** One file to import, and into which run. */
export interface FileImport {
  readonly endpoint: Endpoint;
  readonly execute: Execute;
  readonly file: string;
  /** With the writer that stands for the file. */
  readonly run: StartRunOptions & { readonly writer: string };
  readonly signal: AbortSignal;
  readonly onProgress: (counts: ImportCounts) => void;
  /** A request failed and will be sent again. */
  readonly onRetry: (error: SummaClientError, waitMs: number) => void;
}

/** What came of it. */
export interface ImportedFile {
  readonly run: StartedRun['fields'];
  /** Rows that the server had from an earlier call. */
  readonly skippedRows: number;
  /** Rows stored by this one. */
  readonly sentRows: number;
}

const policy: DeliveryPolicy = {
  ...defaultPolicy,
  batchRows: 10_000,
  batchBytes: 4_000_000,
  batchAfterMs: 50,
  queueBytes: 16_000_000,
};

/**
 * Imports one file as one run and finishes the run; rows that the server has already are not sent again.
 *
 * Throws `CommandError` naming file and line for a row that is none or that the server refuses: every row before it is
 * stored then, and another call goes on from there. Throws `Interrupted` when the signal is aborted.
 */
export async function importFile(ask: FileImport): Promise<ImportedFile> {
  const started = await requestStart(ask.execute, settleStart(ask.run), policy, { signal: ask.signal }).catch(
    (error) => {
      throw ask.signal.aborted ? new Interrupted(ask.file) : error;
    },
  );
  const running = new RunningImport(ask, started, (await stat(ask.file)).size);
  await running.sendRows();
  return running.finish();
}

class RunningImport {
  readonly #ask: FileImport;
  readonly #started: StartedRun;
  readonly #totalBytes: number;
  readonly #delivery: Delivery;
  #refused: CommandError | null = null;
  #acceptedRows: number;
  #readBytes = 0;

  constructor(ask: FileImport, started: StartedRun, totalBytes: number) {
    this.#ask = ask;
    this.#started = started;
    this.#totalBytes = totalBytes;
    this.#acceptedRows = started.acceptedRows;
    const { writer, acceptedRows, fields } = started;
    const sender = createRunSender({
      endpoint: ask.endpoint,
      execute: ask.execute,
      target: async () => ({ runId: fields.id, writer, acceptedRows }),
      sendFiles: () => Promise.reject(new Error('an import has no files')),
      onStored: (rows) => this.#noteStored(rows),
    });
    this.#delivery = new Delivery(sender, policy, {
      onRetry: ask.onRetry,
      onError: (error, row) => this.#refuse(error, row?.line),
    });
    ask.signal.addEventListener('abort', () => this.#stop(), { once: true });
    if (ask.signal.aborted) this.#stop();
  }

  async sendRows(): Promise<void> {
    let rows = 0;
    for await (const lines of readLines(this.#ask.file)) {
      for (const line of lines) {
        if (line.text.trim() === '') continue;
        rows += 1;
        this.#readBytes = line.endByte;
        if (rows <= this.#started.acceptedRows) continue;
        if (!this.#delivery.hasRoom) await this.#delivery.ready();
        if (this.#delivery.isStopped) return this.#settle();
        const text = this.#parse(line);
        if (typeof text === 'string') this.#delivery.add({ kind: 'row', text, line: line.number });
        else return this.#endWith(text);
      }
    }
    await this.#settle();
    if (rows < this.#started.acceptedRows) throw this.#shrunk(rows);
  }

  async finish(): Promise<ImportedFile> {
    const { fields, acceptedRows: skippedRows } = this.#started;
    this.#delivery.add(outgoingChange({ kind: 'finish', exitCode: 0 }));
    await this.#settle();
    return { run: fields, skippedRows, sentRows: this.#acceptedRows - skippedRows };
  }

  /** The row's wire text, or why the line is none. */
  #parse(line: Line): string | CommandError {
    try {
      return parseImportLine(this.#ask.file, line);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return error;
    }
  }

  /** Stores the rows before a bad one, then throws what is wrong with that. */
  async #endWith(problem: CommandError): Promise<never> {
    await this.#settle();
    throw problem;
  }

  /** Waits until everything read so far is stored. */
  async #settle(): Promise<void> {
    try {
      await this.#delivery.flush();
    } catch (error) {
      if (this.#ask.signal.aborted) throw new Interrupted(this.#ask.file);
      throw this.#refused ?? error;
    }
  }

  #noteStored(acceptedRows: number): void {
    this.#acceptedRows = acceptedRows;
    const rows = acceptedRows - this.#started.acceptedRows;
    this.#ask.onProgress({ rows, bytes: this.#readBytes, totalBytes: this.#totalBytes });
  }

  #refuse(error: SummaClientError, line: number | undefined): void {
    if (line === undefined || this.#refused !== null) return;
    this.#refused = new CommandError(`${this.#ask.file}:${line}: ${error.message} (${error.code})`);
    // What lies behind it would be counted as if the line were not there, and a second call would then skip too few.
    this.#delivery.abort(error);
  }

  #stop(): void {
    this.#delivery.abort(new SummaClientError('ABORTED', 'The import was interrupted.'));
  }

  #shrunk(rows: number): CommandError {
    const { fields, acceptedRows } = this.#started;
    const had = `run ${fields.path} has ${acceptedRows} rows of this file already`;
    return new CommandError(`${this.#ask.file}: ${had}, but the file holds ${rows}: it is not the file it was`);
  }
}
