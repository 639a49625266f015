import { parseRows } from '@summa/core/history/parse-rows';
import { formatWireJson } from '@summa/core/json/format-json';
import { fromWire } from '@summa/core/json/wire-json';
import { StoredFiles } from '../file/stored-files.ts';
import type { FileTransport } from '../file/upload-file.ts';
import { HeartbeatDocument } from '../generated/graphql.ts';
import { type MetricOptions, readDefinition, toWireDefinition } from '../metric-options.ts';
import type { Platform } from '../platform/platform.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { takeTensors } from '../tensor/take-tensors.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import { Delivery, type DeliveryEvents } from './delivery.ts';
import { Heartbeat } from './heartbeat.ts';
import { LiveSummary } from './live-summary.ts';
import { loadMetricStates } from './load-run-state.ts';
import type { LocalSummary } from './local-summary.ts';
import type { LogValues, RowPosition } from './log-value.ts';
import { type Outgoing, type OutgoingFile, outgoingChange, type SendItems } from './outgoing.ts';
import { RunIdentity, type RunIdentityParts } from './run-identity.ts';
import { createRunSender } from './run-sender.ts';
import { TensorUploads } from './tensor-uploads.ts';

/** What a live run is made of. */
export interface LiveRunParts extends RunIdentityParts, DeliveryEvents {
  readonly endpoint: Endpoint;
  readonly local: LocalSummary;
  readonly heartbeatMs: number;
  readonly beforeExit: Platform['beforeExit'];
}

/** How long the end of the process may wait for what is left. */
const EXIT_MS = 5_000;

/**
 * A run that this process logs into. Nothing here waits for the network but `flush`, `ready` and `finish`.
 *
 * What is logged is sent in batches, in order, and again after any failure; the server counts each row once. What the
 * server refuses is reported to `onError` and rejects the next `flush` or `finish`.
 */
export class LiveRun extends RunIdentity implements AsyncDisposable {
  /** What the run's summary shows, live. */
  readonly summary: LiveSummary;
  readonly #parts: LiveRunParts;
  readonly #transport: FileTransport;
  readonly #delivery: Delivery;
  readonly #heartbeat: Heartbeat;
  readonly #tensors: TensorUploads;
  readonly #stopExitHook: () => void;
  #files: StoredFiles | null = null;
  #lastStep: number;
  #lostRows = 0;
  #isLosing = false;
  #finished: Promise<void> | null = null;

  /** Made by `client.startRun`. */
  constructor(parts: LiveRunParts) {
    super(parts);
    this.#parts = parts;
    this.#lastStep = parts.started?.fields.lastStep ?? -1;
    this.#heartbeat = new Heartbeat(() => this.#beat(), parts.heartbeatMs);
    this.#transport = { ...parts.endpoint, execute: parts.execute, backoff: parts.policy.backoff };
    this.#tensors = new TensorUploads(this.#transport);
    this.#delivery = new Delivery(this.#createSender(), parts.policy, parts);
    this.#delivery.start(parts.started?.acceptedRows ?? 0);
    this.summary = new LiveSummary(parts.local, {
      mustBeOpen: () => this.#mustBeOpen(),
      add: (change, tensors) => this.#add(change, tensors),
    });
    this.#stopExitHook = parts.beforeExit(() => this.#delivery.flush(AbortSignal.timeout(EXIT_MS)));
  }

  /** The file that holds what the server has not stored yet; null where there is none. */
  get spoolPath(): string | null {
    return this.#parts.spool?.path ?? null;
  }

  /** The run's files; throws RUN_NOT_STARTED. What is uploaded does not wait for rows, nor `finish` for it: await it. */
  get files(): StoredFiles {
    this.#files ??= new StoredFiles(this.#transport, this.id);
    return this.#files;
  }

  /** The highest step logged so far; -1 when there is none. */
  get lastStep(): number {
    return this.#lastStep;
  }

  /** Bytes of what waits in memory: never more than `queueBytes` and what was logged last. */
  get pendingBytes(): number {
    return this.#delivery.pendingBytes;
  }

  /** Rows that are queued or on their way, in memory or in the spool. */
  get pendingRows(): number {
    return this.#delivery.pendingRows;
  }

  /** Rows that were not kept, because the queue or the spool was full, or, without a spool, the server had refused the run. */
  get lostRows(): number {
    return this.#lostRows;
  }

  /**
   * Logs one row and returns at once; the network never makes it throw.
   *
   * Tensors (see `LogValue`) are copied, so that the caller may go on with his buffer, uploaded whole before the row is
   * sent, and described in it; only that takes time here, some 70 ms for a million values.
   *
   * Throws core's `SummaError` for values that no server would take (INVALID_ROW, INVALID_KEY, INVALID_TENSOR …) and
   * RUN_CLOSED after `finish`: both are mistakes of the caller, and nothing is logged. With a spool the
   * operating system has the row when this returns. When more is waiting than the spool may hold, or without one the
   * queue, the row is lost, which `onError` and the next `flush` tell; `await run.ready()` avoids it.
   */
  log(values: LogValues, position: RowPosition = {}): void {
    this.#mustBeOpen();
    const { local } = this.#parts;
    const step = position.step ?? this.#lastStep + 1;
    const isPlaced = Number.isSafeInteger(step) && step >= 0 && position.timestamp === undefined;
    const text = isPlaced ? local.draft(values, step, Date.now() / 1000) : null;
    if (text === null) {
      this.#logAnything(values, step, position.timestamp);
      return;
    }
    if (!this.#add({ kind: 'row', text })) return;
    this.#lastStep = Math.max(this.#lastStep, step);
    local.logDraft();
  }

  #logAnything(values: LogValues, step: number, timestamp: RowPosition['timestamp']): void {
    const taken = takeTensors(values, { key: [], path: ['rows', 0, 'values'] });
    const row = { step, timestamp: toSeconds(timestamp), values: taken.value };
    const batch = parseRows([row]);
    if (!this.#add({ kind: 'row', text: formatWireJson(fromWire(row)) }, taken.files)) return;
    this.#lastStep = Math.max(this.#lastStep, step);
    this.#parts.local.log(values, batch);
  }

  /**
   * Chooses what the summary shows of a metric, or of all whose key matches a glob such as `val/*`.
   *
   * Throws INVALID_DEFINITION that names every bad option.
   */
  defineMetric(name: string, options: MetricOptions = {}): void {
    this.#mustBeOpen();
    const definition = readDefinition(name, options);
    this.#parts.local.define(definition);
    this.#add(outgoingChange({ kind: 'define', input: toWireDefinition(definition) }));
  }

  /** Merges values into the run's config by top-level key, in their place among what is logged. Throws INVALID_JSON. */
  updateConfig(config: object): void {
    this.#mustBeOpen();
    this.#add(outgoingChange({ kind: 'update', input: { config: fromWire(config) } }));
  }

  /**
   * Resolves when everything logged so far is stored. Rejects with what was refused or lost since the last flush, and
   * with ABORTED when the signal is aborted first; what is queued is still sent then.
   */
  async flush(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await this.#delivery.flush(options.signal);
    const { uncertain } = this.#parts.local.states;
    if (uncertain.size === 0) return;
    // Values at earlier steps replaced ones that are not known here any more: the server tells what came of it.
    const keys = [...uncertain];
    for await (const [key, state] of loadMetricStates(this.#parts.execute, this.id, keys)) {
      this.#parts.local.states.seed(key, state);
    }
  }

  /** Resolves when the queue has room: awaited before each `log`, no row is ever lost however slow the network. */
  ready(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return this.#delivery.ready(options.signal);
  }

  /**
   * Sends what is left and ends the run: FINISHED, or FAILED with an exit code other than 0. Called again it is the
   * same promise. Rejects with what was refused or lost since the last flush, after the run has been ended all the same;
   * with ABORTED when the signal is aborted before that.
   */
  finish(exitCode = 0, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#finished ??= this.#finish(exitCode, options.signal);
    return this.#finished;
  }

  /** Gives up what is queued and stops; the server keeps what it has, and the run stays open for a resume. */
  abandon(): void {
    this.#finished ??= Promise.resolve();
    this.#heartbeat.stop();
    this.#stopExitHook();
    this.#parts.spool?.remove();
    this.#delivery.abort(new SummaClientError('ABORTED', `Run ${this.path} was abandoned.`));
  }

  /** `finish(0)`; a block that ends by throwing should call `finish(1)` first. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.finish();
  }

  async #finish(exitCode: number, signal?: AbortSignal): Promise<void> {
    this.#add(outgoingChange({ kind: 'finish', exitCode }));
    try {
      await this.#delivery.flush(signal);
    } finally {
      this.#heartbeat.stop();
      this.#stopExitHook();
      this.#endSpool();
    }
  }

  /** What could not be sent stays for `summa sync`; what may still be sent here keeps the spool open. */
  #endSpool(): void {
    if (this.#delivery.isStopped) this.#parts.spool?.close();
    else if (this.#delivery.isEmpty) this.#parts.spool?.remove();
  }

  /** Queues an item behind the tensors that it speaks of: all or nothing. */
  #add(item: Outgoing, tensors: readonly OutgoingFile[] = NO_FILES): boolean {
    if (tensors.length === 0) return this.#noteKept(item, this.#delivery.add(item));
    const isKept = this.#delivery.add(...this.#tensors.itemsFor(tensors), item);
    if (isKept) this.#tensors.queued(tensors);
    return this.#noteKept(item, isKept);
  }

  #noteKept(item: Outgoing, isKept: boolean): boolean {
    if (isKept) this.#isLosing = false;
    else this.#lose(item);
    return isKept;
  }

  #createSender(): SendItems {
    const send = createRunSender({
      endpoint: this.#parts.endpoint,
      execute: this.#parts.execute,
      target: (signal) => this.begin(signal),
      sendFiles: (item, upload) => this.#tensors.send(item, upload),
      onStored: () => this.#heartbeat.contact(),
    });
    return (items, signal) => {
      // A beat behind the end would be news of a run that is over.
      if (items.some((item) => item.kind === 'change' && item.change.kind === 'finish')) this.#heartbeat.stop();
      return send(items, signal);
    };
  }

  #lose(item: Outgoing): void {
    if (item.kind === 'row') this.#lostRows += 1;
    if (this.#isLosing || this.#delivery.isStopped) return;
    this.#isLosing = true;
    const message = `The queue of run ${this.path} is full; what is logged now is lost. Await run.ready() to slow down.`;
    this.#delivery.report(new SummaClientError('QUEUE_FULL', message));
  }

  #mustBeOpen(): void {
    if (this.#finished === null) return;
    const message = `Run ${this.path} is finished here; start it again with resume: 'MUST' to log more.`;
    throw new SummaClientError('RUN_CLOSED', message);
  }

  async #beat(): Promise<void> {
    if (!this.isStarted) return;
    await this.#parts.execute(HeartbeatDocument, { input: { runId: this.id } });
  }
}

const NO_FILES: readonly OutgoingFile[] = [];

function toSeconds(timestamp: number | Date = Date.now() / 1000): number {
  return typeof timestamp === 'number' ? timestamp : timestamp.getTime() / 1000;
}
