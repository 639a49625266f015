import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { parseKey } from '@summa/core/key/key-path';
import { type FileTransport, uploadFile } from '../file/upload-file.ts';
import {
  RunRevisionsDocument,
  type RunRevisionsQuery,
  SummaryDocumentDocument,
  SummaryMetricDocument,
  UpdateSummaryDocument,
  type UpdateSummaryInput,
} from '../generated/graphql.ts';
import type { LogValue } from '../live-run/log-value.ts';
import { takeTensors } from '../tensor/take-tensors.ts';
import type { Execute } from '../transport/execute.ts';
import { type MetricStatistics, toMetricStatistics } from './metric-statistics.ts';
import { type MetricSelection, readMetrics } from './read-metrics.ts';
import { type ReadOptions, readPages, toPage } from './read-pages.ts';
import { requireRun } from './require-run.ts';

/** One change of an explicit value: who changed what, when, from what to what. */
export type SummaryRevision = Extract<
  NonNullable<RunRevisionsQuery['node']>,
  { readonly __typename: 'Run' }
>['summary']['revisions']['nodes'][number];

/** Changes of explicit values in one request, made in the order clear, delete, set. */
export interface SummaryChanges {
  /** Values by key text; an object replaces everything at and below its key. */
  readonly set?: { readonly [key: string]: Exclude<LogValue, undefined> };
  /** Keys that the document shall not show. */
  readonly delete?: readonly string[];
  /** Keys whose derived value shall show again. */
  readonly clear?: readonly string[];
  /** Fails with REVISION_CONFLICT when somebody else has changed the summary since this revision. */
  readonly expectedRevision?: number;
}

/** The summary of a stored run; every question asks the server. */
export class StoredSummary {
  readonly #transport: FileTransport;
  readonly #execute: Execute;
  readonly #id: string;

  constructor(transport: FileTransport, id: string) {
    this.#transport = transport;
    this.#execute = transport.execute;
    this.#id = id;
  }

  /** The document that people see, or only these keys of it. */
  async document(keys?: readonly string[], options: ReadOptions = {}): Promise<JsonObject> {
    const variables = { id: this.#id, ...(keys && { keys: [...keys] }) };
    const { node } = await this.#execute(SummaryDocumentDocument, variables, options);
    return fromWire(requireRun(node, this.#id).summary.document) as JsonObject; // the server makes it as an object
  }

  /** Every statistic of one metric, and these percentiles (0 to 100) of it; null when it was never logged. */
  async metric<const Percentiles extends readonly number[] = readonly []>(
    key: string,
    percentiles?: Percentiles,
    options: ReadOptions = {},
  ): Promise<MetricStatistics<Percentiles> | null> {
    const asked = percentiles ?? [];
    const variables = { id: this.#id, key, percentiles: [...asked], withPercentiles: asked.length > 0 };
    const { node } = await this.#execute(SummaryMetricDocument, variables, options);
    const { metric } = requireRun(node, this.#id).summary;
    // The server answers with one number for each percentile.
    return metric === null ? null : (toMetricStatistics(metric) as MetricStatistics<Percentiles>);
  }

  /** The statistics of all metrics, or of some: these keys, or those whose key begins with `prefix`. */
  metrics(options: MetricSelection = {}): AsyncGenerator<MetricStatistics, void, undefined> {
    return readMetrics(this.#execute, this.#id, options);
  }

  /** The changes of explicit values, newest first. */
  revisions(options: ReadOptions = {}): AsyncGenerator<SummaryRevision, void, undefined> {
    return readPages(async (after, signal) => {
      const { node } = await this.#execute(RunRevisionsDocument, { id: this.#id, first: 100, after }, { signal });
      return toPage(requireRun(node, this.#id).summary.revisions, (revision) => revision);
    }, options);
  }

  /** Changes explicit values, once the tensors among them are uploaded, and answers with the summary's new revision. */
  async update(changes: SummaryChanges): Promise<number> {
    const { set, delete: deleted, clear, expectedRevision } = changes;
    const input: UpdateSummaryInput = {
      runId: this.#id,
      ...(set && { set: await this.#withoutTensors(set) }),
      ...(deleted && { delete: [...deleted] }),
      ...(clear && { clear: [...clear] }),
      ...(expectedRevision !== undefined && { expectedRevision }),
    };
    return (await this.#execute(UpdateSummaryDocument, { input })).updateSummary.summary.revision;
  }

  /** Sets the value shown at `key`. */
  set(key: string, value: Exclude<LogValue, undefined>): Promise<number> {
    return this.update({ set: { [key]: value } });
  }

  /** Hides what the document shows at `key`, until it is set, cleared or logged again. */
  delete(key: string): Promise<number> {
    return this.update({ delete: [key] });
  }

  /** Takes back what was set or deleted at and below `key`. */
  clear(key: string): Promise<number> {
    return this.update({ clear: [key] });
  }

  async #withoutTensors(set: NonNullable<SummaryChanges['set']>): Promise<Record<string, JsonValue>> {
    const taken = Object.entries(set).map(
      ([key, value]) => [key, takeTensors(value, { key: parseKey(key), path: ['set', key] })] as const,
    );
    for (const { path, bytes, sha256 } of taken.flatMap(([, { files }]) => files)) {
      await uploadFile(this.#transport, { runId: this.#id, path, source: bytes }, { sha256 });
    }
    return Object.fromEntries(taken.map(([key, { value }]) => [key, fromWire(value, ['set', key])]));
  }
}
