import type { JsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { parseKey } from '@summa/core/key/key-path';
import { valueAtPath } from '@summa/core/key/nest-values';
import { StoredFiles } from '../file/stored-files.ts';
import type { FileTransport } from '../file/upload-file.ts';
import {
  DefineMetricDocument,
  DeleteRunDocument,
  type HistoryKeyFieldsFragment,
  type MetricDefinitionFieldsFragment,
  RunDocumentsDocument,
  type RunFieldsFragment,
  RunHistoryKeysDocument,
  UpdateRunDocument,
  type UpdateRunInput,
} from '../generated/graphql.ts';
import { type MetricOptions, readDefinition, toWireDefinition } from '../metric-options.ts';
import type { Execute } from '../transport/execute.ts';
import type { MetricPoints } from './points-block.ts';
import { type RunPlace, readAllPoints } from './read-all-points.ts';
import type { ReadOptions } from './read-pages.ts';

import { type RowsOptions, readRows, type StoredRow } from './read-rows.ts';
import { readSeries, type SeriesOf, type SeriesOptions } from './read-series.ts';
import { requireRun } from './require-run.ts';
import type { StepRange } from './step-range.ts';
import { StoredSummary } from './stored-summary.ts';
import { type StoredTensor, toStoredTensor } from './stored-tensor.ts';

/** A run as it was when it was read, and the questions that can be asked of it; each asks the server anew. */
export type StoredRun = RunFieldsFragment & RunQuestions;

/** A run with its questions from what the server answered. */
export function toStoredRun(transport: FileTransport, fields: RunFieldsFragment): StoredRun {
  return Object.assign(new RunQuestions(transport, fields), fields);
}

/** What can be asked of a stored run, and changed about it. */
export class RunQuestions {
  readonly summary: StoredSummary;
  readonly files: StoredFiles;
  readonly #transport: FileTransport;
  readonly #execute: Execute;
  readonly #place: RunPlace;
  readonly #id: string;

  constructor(transport: FileTransport, { id, name, project, entity }: RunPlace) {
    this.summary = new StoredSummary(transport, id);
    this.files = new StoredFiles(transport, id);
    this.#transport = transport;
    this.#execute = transport.execute;
    this.#place = { id, name, project, entity };
    this.#id = id;
  }

  /** The config, or only these top-level keys of it. */
  async config(keys?: readonly string[], options: ReadOptions = {}): Promise<JsonObject> {
    const { config } = await this.#documents({ withConfig: true, config: keys && [...keys] }, options);
    return fromWire(config ?? {}) as JsonObject; // the server keeps it as an object
  }

  /** Where and how the run ran. */
  async metadata(options: ReadOptions = {}): Promise<JsonObject> {
    const { metadata } = await this.#documents({ withMetadata: true }, options);
    return fromWire(metadata ?? {}) as JsonObject; // the server keeps it as an object
  }

  /** The last values of the metrics whose keys begin with `system/`. */
  async systemMetrics(options: ReadOptions = {}): Promise<JsonObject> {
    const { systemMetrics } = await this.#documents({ withSystem: true }, options);
    return fromWire(systemMetrics ?? {}) as JsonObject; // the server makes it as an object
  }

  /** Every metric with its kind, count and last step. */
  async historyKeys(options: ReadOptions = {}): Promise<readonly HistoryKeyFieldsFragment[]> {
    const { node } = await this.#execute(RunHistoryKeysDocument, { id: this.#id }, options);
    return requireRun(node, this.#id).historyKeys;
  }

  /** Metrics in buckets of steps, for charts: one per key, in the order asked for. */
  series<const Keys extends readonly string[]>(keys: Keys, options?: SeriesOptions): Promise<SeriesOf<Keys>> {
    return readSeries(this.#execute, this.#id, keys, options);
  }

  /** All points of one metric. */
  points(key: string, range?: StepRange, options: ReadOptions = {}): Promise<MetricPoints> {
    return readAllPoints(this.#transport, this.#place, { key, range, ...options });
  }

  /** All rows, or those that have one of `keys`, in ascending step order. */
  rows(options?: RowsOptions): AsyncGenerator<StoredRow, void, undefined> {
    return readRows(this.#execute, this.#id, options);
  }

  /**
   * The tensor that the summary shows at a key, or the one that was logged there at a step; null when there is none.
   *
   * Small ones are plain lists: read them from the document or the row.
   */
  async tensor(
    key: string,
    { step, ...options }: { readonly step?: number } & ReadOptions = {},
  ): Promise<StoredTensor | null> {
    const document =
      step === undefined ? await this.summary.document([key], options) : await this.#values(key, step, options);
    return toStoredTensor(this.files, valueAtPath(document, parseKey(key)));
  }

  /** Adds a definition, on a finished run too: the document becomes what it would have been from the start. */
  async defineMetric(name: string, options: MetricOptions = {}): Promise<readonly MetricDefinitionFieldsFragment[]> {
    const input = { runId: this.#id, ...toWireDefinition(readDefinition(name, options)) };
    return (await this.#execute(DefineMetricDocument, { input })).defineMetric.definitions;
  }

  /** Changes attributes; `config` is merged by top-level key. Answers with the run as it is then. */
  async update(changes: Omit<UpdateRunInput, 'runId'>): Promise<StoredRun> {
    const { updateRun } = await this.#execute(UpdateRunDocument, { input: { ...changes, runId: this.#id } });
    return toStoredRun(this.#transport, updateRun.run);
  }

  /** Deletes the run with everything that it logged. */
  async delete(): Promise<void> {
    await this.#execute(DeleteRunDocument, { input: { runId: this.#id } });
  }

  async #values(key: string, step: number, options: ReadOptions): Promise<JsonObject> {
    const range = { from: step, to: step };
    for await (const row of this.rows({ ...options, keys: [key], range })) return row.values;
    return {};
  }

  async #documents(
    ask: Partial<{ withConfig: boolean; config: string[] | undefined; withMetadata: boolean; withSystem: boolean }>,
    options: ReadOptions,
  ) {
    const all = { withConfig: false, withMetadata: false, withSystem: false };
    const { node } = await this.#execute(RunDocumentsDocument, { id: this.#id, ...all, ...ask }, options);
    return requireRun(node, this.#id);
  }
}
