import { parseRows } from '@summa/core/history/parse-rows';
import { formatWireJson } from '@summa/core/json/format-json';
import { fromWire } from '@summa/core/json/wire-json';
import { StoredFiles } from '../file/stored-files.ts';
import { DefineMetricDocument, FinishRunDocument, HeartbeatDocument } from '../generated/graphql.ts';
import { type MetricOptions, readDefinition, toWireDefinition } from '../metric-options.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { takeTensors } from '../tensor/take-tensors.ts';
import type { TensorFile } from '../tensor/tensor-file.ts';
import type { Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import { Delivery, type DeliveryEvents } from './delivery.ts';
import type { DeliveryPolicy } from './delivery-policy.ts';
import { Heartbeat } from './heartbeat.ts';
import { LiveSummary } from './live-summary.ts';
import { loadMetricStates } from './load-run-state.ts';
import type { LocalSummary } from './local-summary.ts';
import type { LogValues, RowPosition } from './log-value.ts';
import type { Outgoing } from './outgoing-queue.ts';
import { createRowSender } from './row-sender.ts';
import type { StartedRun } from './start-run.ts';
import { TensorUploads } from './tensor-uploads.ts';

/** What a live run is made of. */
export interface LiveRunParts extends DeliveryEvents {
  readonly endpoint: Endpoint;
  readonly execute: Execute;
  readonly started: StartedRun;
  readonly local: LocalSummary;
  readonly policy: DeliveryPolicy;
  readonly heartbeatMs: number;
}

/**
 * A run that this process logs into. Nothing here waits for the network but `flush`, `ready` and `finish`.
 *
 * What is logged is sent in batches, in order, and again after any failure; the server counts each row once. What the
 * server refuses is reported to `onError` and rejects the next `flush` or `finish`.
 */
export class LiveRun implements AsyncDisposable {
  /** The run's node id. */
  readonly id: string;
  /** Its id within the project. */
  readonly name: string;
  readonly displayName: string;
  /** `entity/project/name`. */
  readonly path: string;
  /** Where people look at it. */
  readonly url: string;
  /** Whether it existed before. */
  readonly resumed: boolean;
  /** This process among those that log into the run. */
  readonly writer: string;
  /** How many rows of this writer the server had when the run was started. */
  readonly acceptedRows: number;
  /** What the run's summary shows, live. */
  readonly summary: LiveSummary;
  /** The run's files. What is uploaded does not wait for rows, nor `finish` for it: await it. */
  readonly files: StoredFiles;
  readonly #parts: LiveRunParts;
  readonly #delivery: Delivery;
  readonly #heartbeat: Heartbeat;
  readonly #tensors: TensorUploads;
  #lastStep: number;
  #lostRows = 0;
  #isLosing = false;
  #finished: Promise<void> | null = null;

  /** Made by `client.startRun`. */
  constructor(parts: LiveRunParts) {
    const { fields, resumed, writer, acceptedRows } = parts.started;
    this.id = fields.id;
    this.name = fields.name;
    this.displayName = fields.displayName;
    this.path = fields.path;
    this.url = fields.url;
    this.resumed = resumed;
    this.writer = writer;
    this.acceptedRows = acceptedRows;
    this.#parts = parts;
    this.#lastStep = fields.lastStep ?? -1;
    this.#heartbeat = new Heartbeat(() => this.#beat(), parts.heartbeatMs);
    const onStored = () => this.#heartbeat.contact();
    const sender = createRowSender(parts.endpoint, { runId: this.id, writer, acceptedRows, onStored });
    this.#delivery = new Delivery(sender, parts.policy, parts);
    const transport = { ...parts.endpoint, execute: parts.execute, backoff: parts.policy.backoff };
    this.files = new StoredFiles(transport, this.id);
    this.#tensors = new TensorUploads(transport, this.id);
    this.summary = new LiveSummary(parts.local, {
      id: this.id,
      execute: parts.execute,
      mustBeOpen: () => this.#mustBeOpen(),
      add: (change, tensors) => this.#add(change, tensors),
      last: () => this.#delivery.last,
    });
  }

  /** The highest step logged so far; -1 when there is none. */
  get lastStep(): number {
    return this.#lastStep;
  }

  /** Rows that are queued or on their way. */
  get pendingRows(): number {
    return this.#delivery.pendingRows;
  }

  /** Rows that were not kept, because the queue was full or the server had refused the run. */
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
   * RUN_CLOSED after `finish`: both are mistakes of the caller, and nothing is logged. When more is waiting than the
   * queue holds the row is lost, which `onError` and the next `flush` tell; `await run.ready()` avoids it.
   */
  log(values: LogValues, position: RowPosition = {}): void {
    this.#mustBeOpen();
    const taken = takeTensors(values, { key: [], path: ['rows', 0, 'values'] });
    const timestamp = toSeconds(position.timestamp);
    const row = { step: position.step ?? this.#lastStep + 1, timestamp, values: taken.value };
    const batch = parseRows([row]);
    if (!this.#add({ kind: 'row', text: formatWireJson(fromWire(row)) }, taken.files)) return;
    this.#lastStep = Math.max(this.#lastStep, row.step);
    this.#parts.local.log(batch);
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
    const input = { runId: this.id, ...toWireDefinition(definition) };
    this.#addRequest((signal) => this.#parts.execute(DefineMetricDocument, { input }, { signal }));
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
    this.#delivery.abort(new SummaClientError('ABORTED', `Run ${this.path} was abandoned.`));
  }

  /** `finish(0)`; a block that ends by throwing should call `finish(1)` first. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.finish();
  }

  async #finish(exitCode: number, signal?: AbortSignal): Promise<void> {
    const input = { runId: this.id, exitCode };
    this.#addRequest((signal) => {
      this.#heartbeat.stop();
      return this.#parts.execute(FinishRunDocument, { input }, { signal });
    });
    try {
      await this.#delivery.flush(signal);
    } finally {
      this.#heartbeat.stop();
    }
  }

  #addRequest(request: (signal: AbortSignal) => Promise<unknown>): void {
    const send = async (signal: AbortSignal) => {
      await request(signal);
    };
    this.#add({ kind: 'change', send });
  }

  /** Queues an item behind the tensors that it speaks of: all or nothing. */
  #add(item: Outgoing, tensors: readonly TensorFile[] = []): boolean {
    const isKept = this.#delivery.add(...this.#tensors.changesFor(tensors), item);
    if (isKept) this.#isLosing = false;
    else this.#lose(item);
    if (isKept) this.#tensors.queued(tensors);
    return isKept;
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
    await this.#parts.execute(HeartbeatDocument, { input: { runId: this.id } });
  }
}

function toSeconds(timestamp: number | Date = Date.now() / 1000): number {
  return typeof timestamp === 'number' ? timestamp : timestamp.getTime() / 1000;
}
