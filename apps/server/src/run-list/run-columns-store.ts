import { FILTER_STATISTICS, type FilterStatistic } from '@summa/core/query/run-target';
import type { Queryable } from '../history/history-store.ts';
import { statisticSql } from './run-columns.ts';

/** A key of a section, and what is wanted of it in each run; of a config value it is VALUE. */
export interface WantedColumn {
  readonly section: 'config' | 'summary';
  readonly keyId: number;
  readonly statistic: FilterStatistic;
}

/** What one run has in one of the wanted columns. */
export interface StoredCell {
  readonly runId: string;
  /** Which of the wanted columns it is. */
  readonly column: number;
  /** Null where the run has something, but no number, text or boolean that is kept beside it. */
  readonly value: number | string | boolean | null;
  /** Whether the metric was ever logged. */
  readonly isLogged: boolean;
}

const NUMBERS = FILTER_STATISTICS.map((statistic) =>
  statistic === 'VALUE' ? "WHEN 'VALUE' THEN f.number" : `WHEN '${statistic}' THEN ${statisticSql('f', statistic)}`,
).join(' ');

type CellRow = [string, number, number | null, string | null, boolean | null, boolean];

/** What these runs have in these columns, in no order; a run that lacks a key has no cell. One statement. */
export async function findCells(
  client: Queryable,
  projectId: string,
  { runIds, columns }: { readonly runIds: readonly string[]; readonly columns: readonly WantedColumn[] },
): Promise<StoredCell[]> {
  // Rows as lists: a page of a thousand runs has tens of thousands of cells.
  const found = await client.query<CellRow>({
    name: 'find-cells',
    rowMode: 'array' as const,
    text: `/* findCells */
      SELECT f.run_id, wanted.i, CASE wanted.statistic ${NUMBERS} END, CASE wanted.statistic WHEN 'VALUE' THEN f.text END,
             CASE wanted.statistic WHEN 'VALUE' THEN f.boolean END, f.count IS NOT NULL
      FROM unnest($2::int[], $3::text[], $4::int[], $5::text[]) AS wanted (i, section, key_id, statistic)
      JOIN run_field f ON f.project_id = $1 AND f.section = wanted.section AND f.key_id = wanted.key_id
        AND f.run_id = ANY($6::uuid[])`,
    values: [
      projectId,
      columns.map((_, i) => i),
      columns.map(({ section }) => section),
      columns.map(({ keyId }) => keyId),
      columns.map(({ statistic }) => statistic),
      runIds,
    ],
  });
  return found.rows.map(([runId, column, number, text, boolean, isLogged]) => ({
    runId,
    column,
    value: number ?? text ?? boolean,
    isLogged,
  }));
}
