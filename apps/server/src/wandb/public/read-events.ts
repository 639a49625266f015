import { valueAt } from '@summa/core/history/column';
import { formatJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { isSystemKey } from '@summa/core/summary/select-metrics';
import type { RequestContext } from '../../access/request-context.ts';
import { readColumns } from '../../history/read-history.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { countLines, readLines } from '../../run-lines/run-lines.ts';
import { eventStream } from '../live/stream-events.ts';
import { sampleIndexes } from './sample-indexes.ts';
import { systemName } from './system-name.ts';

/**
 * What was measured of a run's machine, as JSON texts: the lines that the client sent, or rows of system metrics of a run that logged
 * these itself; evenly spread ones when there are more than `samples`.
 */
export async function readEvents(context: RequestContext, run: RunRecord, samples: number): Promise<string[]> {
  const stream = eventStream(refOf(run));
  const count = await countLines(context.services, stream);
  if (count === 0) return loggedEvents(context, run, samples);
  const lines = [...(await readLines(context.services, stream, { from: 0, count })).values()];
  const texts = lines.filter((line) => typeof line === 'string');
  return sampleIndexes(texts.length, samples).map((i) => texts[i] ?? '{}');
}

async function loggedEvents(context: RequestContext, run: RunRecord, samples: number): Promise<string[]> {
  const states = (await context.loaders.summaries.load(refOf(run)))?.states ?? new Map();
  const columns = await readColumns(context.services, refOf(run), [...states.keys()].filter(isSystemKey));
  const rows = new Map<number, Record<string, JsonValue>>();
  for (const [key, { column, times }] of columns) {
    for (const [i, step] of column.steps.entries()) {
      const row = rows.get(step) ?? { _timestamp: times[i] ?? 0 };
      row[systemName(key)] = valueAt(column, i);
      rows.set(step, row);
    }
  }
  const sorted = [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
  return sampleIndexes(sorted.length, samples).map((i) => formatJson(sorted[i] ?? {}));
}
