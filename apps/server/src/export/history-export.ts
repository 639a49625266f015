import { setImmediate } from 'node:timers/promises';
import { decodeSegment } from '@summa/core/history/segment-codec';
import type { MetricState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import type { PoolClient } from 'pg';
import { openSnapshot } from '../database/snapshot.ts';
import { formatRunId } from '../graphql/node-id.ts';
import { type GivenRange, readRange } from '../history/history-arguments.ts';
import { spanOf } from '../history/read-history.ts';
import { foldSegment, runNotFound } from '../history/run-history.ts';
import { TIME_KEY } from '../metric/metric-keys.ts';
import type { RunRef, Services } from '../services.ts';
import { findSummaries } from '../summary/summary-store.ts';
import { columnRows } from './column-rows.ts';
import { csvRows } from './csv-rows.ts';
import { ROW_FORMATS, type RowFormat } from './export-format.ts';
import { ExportQuery } from './export-query.ts';
import { requireKnownKeys } from './known-keys.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import type { OpenExport } from './open-export.ts';
import { readWindows } from './read-windows.ts';
import type { RowEncoder } from './row-encoder.ts';
import type { RowWindow } from './row-window.ts';

/** What of a run's history is to be exported, and how. */
export interface HistoryAsk {
  readonly format: RowFormat;
  /** The metrics in the order asked: rows that have none of them are left out. All rows and metrics when undefined. */
  readonly keys: readonly string[] | undefined;
  readonly range: GivenRange;
}

/** Reads what a URL asks for. @throws ServerError INVALID_INPUT, INVALID_RANGE, LIST_TOO_LONG */
export function readHistoryAsk(url: string): HistoryAsk {
  const query = new ExportQuery(url, ['format', 'keys', 'from', 'to']);
  return {
    format: query.oneOf('format', ROW_FORMATS),
    keys: query.list('keys')?.filter((key) => key !== '_step' && key !== TIME_KEY),
    range: readRange({ from: query.step('from'), to: query.step('to') }),
  };
}

/** Returns when every metric that is asked for by name exists in the project. @throws ServerError KEY_NOT_FOUND */
export async function checkHistoryAsk(services: Services, run: RunRef, { keys }: HistoryAsk): Promise<void> {
  if (keys) await requireKnownKeys(services, run.projectId, { section: 'summary', keys, parameter: 'keys' });
}

/**
 * Begins to export the history of a run as it is now: every row that was acknowledged before the call is in it, once, and none that
 * is stored later, whatever is written, merged or deleted while it is sent. Memory does not grow with the run.
 *
 * @throws ServerError RUN_NOT_FOUND when the run was deleted meanwhile
 */
export async function openHistoryExport(services: Services, run: RunRef, ask: HistoryAsk): Promise<OpenExport> {
  const snapshot = await openSnapshot(services.database.pool);
  try {
    const { client } = snapshot;
    const metrics = await findMetrics(services, { client, run }, ask.keys);
    const encoder = await encoderOf(run, ask.format, metrics);
    const windows = readWindows(client, run, {
      keyIds: metrics.map(({ id }) => id),
      span: spanOf({ from: ask.range.from ?? undefined, to: ask.range.to ?? undefined }),
      skipEmptyRows: ask.keys !== undefined && ask.keys.length > 0,
    });
    return { bytes: encodeAll(encoder, windows), close: () => snapshot.close() };
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

async function* encodeAll(encoder: RowEncoder, windows: AsyncIterable<RowWindow>): AsyncGenerator<Buffer> {
  const begin = encoder.begin();
  if (begin.length > 0) yield begin;
  for await (const window of windows) {
    for (const part of encoder.encode(window)) {
      yield part;
      // A reader that is fast would have part after part without a turn for anybody else.
      await setImmediate();
    }
  }
  const end = encoder.end();
  if (end.length > 0) yield end;
}

interface ExportedMetric {
  readonly id: number;
  readonly key: string;
  /** Undefined when the run never logged it. */
  readonly state: MetricState | undefined;
}

/** The metrics that are asked for, or all that the run has at the moment of the snapshot, in the order in which the project met them. */
async function findMetrics(
  { keys }: Services,
  { client, run }: { readonly client: PoolClient; readonly run: RunRef },
  asked: readonly string[] | undefined,
): Promise<ExportedMetric[]> {
  const [stored] = await findSummaries(client, run.projectId, [{ runId: run.runId, knownRevision: null }]);
  if (!stored?.content) throw runNotFound(run);
  const states = decodeStates(stored.content.state);
  for (const body of stored.content.unfolded) foldSegment(states, decodeSegment(body));
  if (asked) {
    const ids = await keys.existing(run.projectId, 'summary', asked);
    return [...ids].map(([key, id]) => ({ id, key, state: states.get(id) }));
  }
  const texts = await keys.texts(run.projectId, states.keys());
  return [...states]
    .sort(([a], [b]) => a - b)
    .flatMap(([id, state]) => {
      const key = texts.get(id);
      return key === undefined ? [] : [{ id, key, state }];
    });
}

async function encoderOf(
  { projectId, runId }: RunRef,
  format: RowFormat,
  metrics: readonly ExportedMetric[],
): Promise<RowEncoder> {
  if (format === 'arrow') {
    // Its library is loaded by those who ask for it.
    const { arrowRows, isNumericMetric } = await import('./arrow-rows.ts');
    return arrowRows(metrics.map(({ key, state }) => ({ key, isNumeric: isNumericMetric(state) })));
  }
  const keys = metrics.map(({ key }) => key);
  if (format === 'columns') return columnRows(formatRunId({ projectId, id: runId }), keys);
  return format === 'csv' ? csvRows(keys) : ndjsonRows(keys);
}
