import type pg from 'pg';
import type { BenchRow } from '../harness/bench-row.ts';
import { makeBenchRun } from '../harness/bench-run.ts';
import { compare } from '../harness/compare.ts';
import { connectDatabase } from '../harness/connect-database.ts';
import { copyOut } from '../harness/copy-stream.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';

const OWN = 'NDJSON by HTTP';
const COPY = 'COPY of JSONB rows';
const METRICS = 10;
const PATH = '/api/export/admin/bench/runs/long/history?format=ndjson';

/** A whole run as NDJSON, against `COPY … TO STDOUT` of the same rows as JSONB. */
export const exportRows: BenchRow = {
  name: 'export',
  title: 'A whole run as NDJSON over HTTP, against COPY TO STDOUT of the same rows as JSONB by pg',
  async measure({ quick, say }) {
    await using server = await startMeasuredServer();
    const rows = quick ? 20_000 : 1_000_000;
    say('  making the run');
    await makeBenchRun(server, { project: 'bench', name: 'long', metrics: METRICS, rows });
    const database = await connectDatabase(server);
    try {
      await makeJsonRows(server, database);
      const comparison = {
        name: `${rows.toLocaleString('en')} rows of ${METRICS} metrics`,
        work: OWN,
        baseline: COPY,
        goal: { measures: ['wallMs'], atMost: 2 },
        sides: {
          [OWN]: () => server.costOf(() => readExport(server, rows)),
          [COPY]: () => server.costOf(() => readCopy(database, rows)),
        },
      };
      return [await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 7, warmUp: 1 })];
    } finally {
      await database.end();
    }
  },
};

async function fetchExport(server: MeasuredServer): Promise<ReadableStream<Uint8Array>> {
  const answer = await fetch(`${server.url}${PATH}`, { headers: { authorization: `Bearer ${server.apiKey}` } });
  if (!answer.ok || !answer.body) throw new Error(`the export answered ${answer.status}: ${await answer.text()}`);
  return answer.body;
}

async function readExport(server: MeasuredServer, rows: number): Promise<void> {
  let lines = 0;
  for await (const bytes of await fetchExport(server)) {
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  }
  expectRows('the export', lines, rows);
}

async function readCopy(database: pg.Client, rows: number): Promise<void> {
  const copied = await copyOut(database, 'SELECT data FROM bench_row WHERE run = 1 ORDER BY step');
  expectRows('COPY', copied.rows, rows);
}

/** The very lines of the export as JSONB, one row a step, with the key that such a table would have. */
async function makeJsonRows(server: MeasuredServer, database: pg.Client): Promise<void> {
  await database.query('CREATE TABLE bench_row (run int, step bigint, data jsonb, PRIMARY KEY (run, step))');
  const insert = async (lines: readonly string[]) =>
    database.query(
      `INSERT INTO bench_row SELECT 1, (line ->> '_step')::bigint, line FROM jsonb_array_elements($1::jsonb) AS line`,
      [`[${lines.join(',')}]`],
    );
  let lines: string[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of await fetchExport(server)) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    if (lines.length < 20_000) continue;
    await insert(lines);
    lines = [];
  }
  await insert(lines);
  await database.query('VACUUM ANALYZE bench_row');
}

/** A side that lost rows would be fast. */
function expectRows(what: string, rows: number, expected: number): void {
  if (rows !== expected) throw new Error(`${what} has ${rows} rows, not ${expected}`);
}
