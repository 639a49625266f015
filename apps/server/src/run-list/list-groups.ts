import { createHash } from 'node:crypto';
import { formatJson } from '@summa/core/json/format-json';
import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { foldColumn } from '@summa/core/metric/fold-column';
import { readStatistic } from '@summa/core/metric/read-statistic';
import type { RunFilter } from '@summa/core/query/run-filter';
import { formatCursor, parseTextCursor } from '../graphql/cursor.ts';
import { type Connection, connectionOf, readPage } from '../graphql/page.ts';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { checkCount } from '../text-input.ts';
import { compileFilter } from './compile-filter.ts';
import { targetsOf } from './key-ids.ts';
import { EVERY_RUN, prepareFields } from './list-runs.ts';
import type { GroupKey, GroupValue } from './run-group.ts';
import {
  countGroups,
  type GroupMetric,
  type GroupSelection,
  type StoredGroup,
  selectGroups,
} from './run-group-store.ts';
import { RunStatement } from './run-statement.ts';

/** How runs are grouped, what is summed up over each group, and which page of the groups is wanted. */
export interface GroupListArguments {
  readonly by: readonly GroupKey[];
  readonly metrics: readonly GroupMetric[];
  readonly filter: RunFilter | null;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A metric over the runs of a group that have a finite number there; null where none has. */
export interface GroupStatistics {
  readonly metric: GroupMetric;
  readonly count: number;
  readonly mean: number | null;
  /** Of the population: divided by the count. */
  readonly stddev: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** Runs that have the same values under the keys that they are grouped by. */
export interface RunGroup {
  readonly keys: readonly GroupKey[];
  readonly values: readonly GroupValue[];
  readonly runCount: number;
  readonly statistics: readonly GroupStatistics[];
}

/**
 * One page of the groups of a project's runs, one for each combination of values that a run has, in the order of `GroupValue`.
 * Every write that was acknowledged before the call is seen.
 *
 * @throws ServerError LIST_TOO_LONG, INVALID_INPUT, INVALID_CURSOR, PAGE_TOO_LARGE, RESPONSE_TOO_LARGE
 */
export async function listGroups(
  services: Services,
  projectId: string,
  args: GroupListArguments,
): Promise<Connection<RunGroup>> {
  const { by: keys, metrics } = args;
  checkCount(keys, LIMITS.groupKeys, ['by']);
  checkCount(metrics, LIMITS.groupMetrics, ['metrics']);
  if (keys.length === 0) throw new ServerError('INVALID_INPUT', 'by is empty; name what runs are grouped by', ['by']);
  const page = readPage(args);
  const cursorKind = cursorKindOf(keys);
  const after = page.cursor === null ? null : readCursor(cursorKind, page.cursor, keys.length);
  const filter = args.filter ?? EVERY_RUN;
  const keyIds = await prepareFields(services, projectId, [...targetsOf(filter, []), ...keys, ...metrics]);
  const { pool } = services.database;
  const select = (): GroupSelection => {
    const statement = RunStatement.ofProject(projectId);
    return { statement, condition: compileFilter(filter, statement, keyIds), keys, metrics, keyIds };
  };
  const limits = { after, limit: page.size + 1, maxNumbers: LIMITS.groupNumbers };
  const groups = (await selectGroups(pool, select(), limits)).map((group) => summedUp(group, { keys, metrics }));
  return connectionOf(groups, page, {
    cursorOf: ({ values }) => formatCursor(cursorKind, formatJson(values.map(cursorValue))),
    totalCount: () => countGroups(pool, { ...select(), metrics: [] }),
  });
}

function summedUp(
  { values, runCount, numbers }: StoredGroup,
  { keys, metrics }: { readonly keys: readonly GroupKey[]; readonly metrics: readonly GroupMetric[] },
): RunGroup {
  if (numbers === null) {
    const message = `these groups sum up more than ${LIMITS.groupNumbers} numbers; ask for fewer metrics, or filter the runs`;
    throw new ServerError('RESPONSE_TOO_LARGE', message, ['metrics']);
  }
  const statistics = metrics.map((metric, i) => statisticsOf(metric, numbers[i] ?? new Float64Array(0)));
  return { keys, values, runCount, statistics };
}

function statisticsOf(metric: GroupMetric, numbers: Float64Array): GroupStatistics {
  const places = numbers.map((_, i) => i);
  const state = foldColumn({ steps: places, numbers, others: null }, places);
  const read = (statistic: 'mean' | 'stddev' | 'min' | 'max') => {
    const value = readStatistic(state, statistic);
    return typeof value === 'number' ? value : null;
  };
  return {
    metric,
    count: state.finiteCount,
    mean: read('mean'),
    stddev: read('stddev'),
    min: read('min'),
    max: read('max'),
  };
}

/** A cursor is good for the same keys only. */
function cursorKindOf(keys: readonly GroupKey[]): string {
  const names = keys.map((key) => [key.section, key.section === 'field' ? key.field : key.key]);
  return `group-${createHash('sha256').update(JSON.stringify(names)).digest('base64url').slice(0, 11)}`;
}

function cursorValue(value: GroupValue): JsonValue {
  return value.kind === 'scalar' ? value.value : { kind: value.kind };
}

function readCursor(kind: string, cursor: string, length: number): GroupValue[] {
  const read = parseOrNull(parseTextCursor(kind, cursor, 'after'));
  const values = Array.isArray(read) ? read.map(groupValueOf) : [];
  const known = values.flatMap((value) => value ?? []);
  if (known.length === length && values.length === length) return known;
  throw new ServerError('INVALID_CURSOR', 'after is not a cursor of this list; take it from endCursor', ['after']);
}

function parseOrNull(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    // No JSON: as malformed as JSON that is no cursor.
    return null;
  }
}

function groupValueOf(value: JsonValue): GroupValue | null {
  if (isJsonObject(value)) return value.kind === 'missing' || value.kind === 'other' ? { kind: value.kind } : null;
  if (typeof value === 'string') return value.includes('\0') ? null : { kind: 'scalar', value };
  return (typeof value === 'number' && !Number.isNaN(value)) || typeof value === 'boolean'
    ? { kind: 'scalar', value }
    : null;
}
