import type pg from 'pg';

/** Makes the plain table that the baselines of logging write to: a row a step as JSONB, under the key that such a table would have. */
export async function makeJsonRowTable(database: pg.Client): Promise<void> {
  await database.query('CREATE TABLE bench_row (run int, step bigint, data jsonb, PRIMARY KEY (run, step))');
}

/** How many rows a run has in it. */
export async function countJsonRows(database: pg.Client, run: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM bench_row WHERE run = $1',
    [run],
  );
  return rows[0]?.count ?? 0;
}
