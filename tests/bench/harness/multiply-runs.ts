import type pg from 'pg';

const TABLES = ['run', 'run_summary', 'run_field'] as const;
/** What a copy's numbers lie apart from the original's: less than anything that is shown, enough for an order without equals. */
const APART = 1e-9;

/**
 * Makes copies of the runs of a project within the database, for lists that would take hours to log, until there are `count`. A copy
 * has the config, the summary and the statistics of its original, its statistics a billionth apart.
 */
export async function multiplyRuns(database: pg.Client, project: string, count: number): Promise<void> {
  const { rows } = await database.query<{ id: string; runs: string }>(
    'SELECT p.id, count(*) AS runs FROM project p JOIN run r ON r.project_id = p.id WHERE p.name = $1 GROUP BY p.id',
    [project],
  );
  const [found] = rows;
  if (!found) throw new Error(`there are no runs in ${project}`);
  const copies = Math.ceil(count / Number(found.runs)) - 1;
  await database.query('DROP TABLE IF EXISTS bench_copy');
  await database.query(
    `CREATE TEMP TABLE bench_copy AS SELECT id AS original, copy, gen_random_uuid() AS id
       FROM run CROSS JOIN generate_series(1, $2::int) AS copy WHERE project_id = $1 ORDER BY copy, id LIMIT $3`,
    [found.id, copies, count - Number(found.runs)],
  );
  await withoutIndexes(database, async () => {
    for (const table of TABLES) await copyRows(database, table, found.id);
  });
  await database.query(`ANALYZE ${TABLES.join(', ')}`);
}

/** Drops the indexes of run_field that no constraint needs, and makes them again after the work: millions of rows take a third of the time. */
async function withoutIndexes(database: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await database.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
      WHERE i.indrelid = 'run_field'::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
  );
  // Foreign keys hold for copies as they do for the originals.
  await database.query('SET session_replication_role = replica');
  for (const { name } of rows) await database.query(`DROP INDEX ${name}`);
  await work();
  for (const { definition } of rows) await database.query(definition);
  await database.query('RESET session_replication_role');
}

async function copyRows(database: pg.Client, table: string, projectId: string): Promise<void> {
  const { rows } = await database.query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  const id = table === 'run' ? 'id' : 'run_id';
  const values = rows.map(({ name, type }) => {
    if (name === id) return 'c.id';
    if (table === 'run' && (name === 'name' || name === 'display_name')) return `o."${name}" || '-' || c.copy`;
    if (table === 'run' && name === 'created_at') return `o."${name}" + c.copy * interval '1 millisecond'`;
    if (table !== 'run_field' || type !== 'double precision') return `o."${name}"`;
    return `o."${name}" + CASE o.section WHEN 'summary' THEN c.copy * ${APART} ELSE 0 END`;
  });
  const columns = rows.map(({ name }) => `"${name}"`).join(', ');
  await database.query(
    `INSERT INTO ${table} (${columns}) SELECT ${values.join(', ')} FROM bench_copy c
       JOIN ${table} o ON o.project_id = $1 AND o.${id} = c.original`,
    [projectId],
  );
}
