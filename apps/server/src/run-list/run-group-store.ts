import type { RunTarget } from '@summa/core/query/run-target';
import type { Queryable } from '../history/history-store.ts';
import type { KeyIds } from './key-ids.ts';
import { fieldColumn, statisticSql } from './run-columns.ts';
import type { GroupKey, GroupValue } from './run-group.ts';
import type { RunStatement } from './run-statement.ts';

/** A metric that is summed up over groups. */
export type GroupMetric = Extract<RunTarget, { section: 'summary' }>;

/** Which groups are wanted: those of the runs that fulfil `condition`. */
export interface GroupSelection {
  readonly statement: RunStatement;
  readonly condition: string;
  readonly keys: readonly GroupKey[];
  readonly metrics: readonly GroupMetric[];
  readonly keyIds: KeyIds;
}

/** A group, and per metric the numbers of those of its runs that have one, in no order. */
export interface StoredGroup {
  readonly values: readonly GroupValue[];
  readonly runCount: number;
  /** Null where all groups together have more numbers than were wanted. */
  readonly numbers: readonly Float64Array[] | null;
}

type ValueColumns = Record<`n${number}`, number | null> &
  Record<`t${number}`, string | null> &
  Record<`b${number}`, boolean | null> &
  Record<`m${number}`, boolean>;
type GroupRow = ValueColumns & Record<`s${number}`, Buffer | null> & { readonly runs: number; readonly fits: boolean };

/** Groups after a place, in their order, at most `limit`: one statement over all runs that fulfil the condition. */
export async function selectGroups(
  client: Queryable,
  selection: GroupSelection,
  page: { readonly after: readonly GroupValue[] | null; readonly limit: number; readonly maxNumbers: number },
): Promise<StoredGroup[]> {
  const { statement, keys, metrics } = selection;
  const base = baseSql(selection);
  const columns = groupColumns(keys);
  const perMetric = Math.floor(page.maxNumbers / Math.max(1, metrics.length));
  const sums = metrics.map(
    (_, i) => `string_agg(float8send(base.v${i}), ''::bytea) FILTER (WHERE base.v${i} IS NOT NULL) AS s${i}`,
  );
  const after = page.after === null ? 'TRUE' : beyondGroup(statement, page.after);
  const found = await client.query<GroupRow>(
    `/* selectGroups */ SELECT * FROM (
      SELECT ${[...columns.map(({ sql, name }) => `${sql} AS ${name}`), ...sums].join(', ')}, count(*)::int AS runs,
        sum(count(*)) OVER () <= ${statement.parameter(perMetric, 'int')} AS fits
      FROM ${base} GROUP BY ${columns.map(({ sql }) => sql).join(', ')}) grouped
    WHERE ${after} ORDER BY ${keys.map((_, i) => `n${i}, t${i} COLLATE "C", b${i}, m${i}`).join(', ')}
    LIMIT ${statement.parameter(page.limit, 'int')}`,
    statement.values,
  );
  return found.rows.map((row) => ({
    values: keys.map((_, i) => groupValueOf(row, i)),
    runCount: row.runs,
    numbers: row.fits ? metrics.map((_, i) => numbersOf(row[`s${i}`] ?? null)) : null,
  }));
}

/** How many groups there are. */
export async function countGroups(client: Queryable, selection: GroupSelection): Promise<number> {
  const columns = groupColumns(selection.keys);
  const found = await client.query<{ count: number }>(
    `/* countGroups */ SELECT count(*)::int AS count FROM (
      SELECT 1 FROM ${baseSql(selection)} GROUP BY ${columns.map(({ sql }) => sql).join(', ')}) grouped`,
    selection.statement.values,
  );
  return found.rows[0]?.count ?? 0;
}

/** The runs with what they are grouped by and what is summed up; once for each tag when they are grouped by tags. */
function baseSql({ statement, condition, keys, metrics, keyIds }: GroupSelection): string {
  const values = keys.flatMap((key, i) => keySql(statement, { key, i, keyId: idOf(key, keyIds) }));
  const numbers = metrics.map((metric, i) => `${metricSql(statement, metric, keyIds)} AS v${i}`);
  const inner = `(SELECT ${[...values, ...numbers].join(', ')} ${statement.body([condition])}) base`;
  const tags = keys.findIndex(isTags);
  return tags === -1
    ? inner
    : `${inner} LEFT JOIN LATERAL (SELECT DISTINCT tag FROM unnest(base.t${tags}) AS tag) tagged ON TRUE`;
}

function idOf(key: GroupKey, keyIds: KeyIds): number | undefined {
  return key.section === 'config' ? keyIds.idOf(key) : undefined;
}

function isTags(key: GroupKey): boolean {
  return key.section === 'field' && key.field === 'TAGS';
}

function keySql(
  statement: RunStatement,
  { key, i, keyId }: { readonly key: GroupKey; readonly i: number; readonly keyId: number | undefined },
): string[] {
  if (key.section === 'field') {
    const { sql } = fieldColumn(statement, key.field);
    return [`NULL::float8 AS n${i}`, `${sql} AS t${i}`, `NULL::boolean AS b${i}`, `${sql} IS NULL AS m${i}`];
  }
  if (keyId === undefined) {
    return [`NULL::float8 AS n${i}`, `NULL::text AS t${i}`, `NULL::boolean AS b${i}`, `TRUE AS m${i}`];
  }
  const alias = statement.field({ section: 'config', keyId, isRequired: false });
  return [
    `${alias}.number AS n${i}`,
    `${alias}.text AS t${i}`,
    `${alias}.boolean AS b${i}`,
    `${alias}.run_id IS NULL AS m${i}`,
  ];
}

function metricSql(statement: RunStatement, metric: GroupMetric, keyIds: KeyIds): string {
  const keyId = keyIds.idOf(metric);
  if (keyId === undefined) return 'NULL::float8';
  const alias = statement.field({ section: 'summary', keyId, isRequired: false });
  return metric.statistic === 'VALUE' ? `${alias}.number` : statisticSql(alias, metric.statistic);
}

function groupColumns(keys: readonly GroupKey[]): { readonly sql: string; readonly name: string }[] {
  return keys.flatMap((key, i) => [
    { sql: `base.n${i}`, name: `n${i}` },
    { sql: isTags(key) ? 'tagged.tag' : `base.t${i}`, name: `t${i}` },
    { sql: `base.b${i}`, name: `b${i}` },
    { sql: isTags(key) ? '(tagged.tag IS NULL)' : `base.m${i}`, name: `m${i}` },
  ]);
}

/** That a group comes after another one; nulls come last. */
function beyondGroup(statement: RunStatement, after: readonly GroupValue[]): string {
  const columns = after.flatMap((value, i) => {
    const scalar = value.kind === 'scalar' ? value.value : null;
    const number = typeof scalar === 'number' ? statement.parameter(scalar, 'float8') : null;
    const text = typeof scalar === 'string' ? statement.parameter(scalar, 'text') : null;
    const boolean = typeof scalar === 'boolean' ? statement.parameter(scalar, 'boolean') : null;
    return [
      { sql: `n${i}`, parameter: number },
      { sql: `t${i} COLLATE "C"`, parameter: text },
      { sql: `b${i}`, parameter: boolean },
      { sql: `m${i}`, parameter: value.kind === 'missing' ? 'TRUE' : 'FALSE' },
    ];
  });
  return columns.reduceRight((rest, { sql, parameter }) => {
    if (parameter === null) return `(${sql} IS NULL AND ${rest})`;
    return `(${sql} > ${parameter} OR ${sql} IS NULL OR (${sql} = ${parameter} AND ${rest}))`;
  }, 'FALSE');
}

function groupValueOf(row: GroupRow, i: number): GroupValue {
  const value = row[`n${i}`] ?? row[`t${i}`] ?? row[`b${i}`] ?? null;
  if (value !== null) return { kind: 'scalar', value: value === 0 ? 0 : value };
  return { kind: row[`m${i}`] === true ? 'missing' : 'other' };
}

/** The numbers that Postgres sent one after the other, big endian. */
function numbersOf(bytes: Buffer | null): Float64Array {
  const view = bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: view ? view.byteLength / 8 : 0 }, (_, i) => view?.getFloat64(8 * i) ?? 0);
}
