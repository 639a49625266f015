import { createClient } from '@summa/client';
import type pg from 'pg';
import type { BenchRow } from '../harness/bench-row.ts';
import { makeBenchRun, metricKeys } from '../harness/bench-run.ts';
import { compare } from '../harness/compare.ts';
import { connectDatabase } from '../harness/connect-database.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';

const OWN = 'points by the client';
const SQL = 'SELECT by pg';
const [KEY = ''] = metricKeys(1);

/** Every point of a metric as typed arrays in the client, against a narrow table read by `pg`. */
export const allPoints: BenchRow = {
  name: 'points',
  title:
    'All points of a metric as typed arrays in the client, against SELECT of step and value from a narrow table by pg',
  async measure({ quick, say }) {
    await using server = await startMeasuredServer();
    const points = quick ? 20_000 : 1_000_000;
    say('  making the run');
    await makeBenchRun(server, { project: 'bench', name: 'long', metrics: 1, rows: points });
    const database = await connectDatabase(server);
    try {
      await makeNarrowTable(server, database);
      const comparison = {
        name: `${points.toLocaleString('en')} points`,
        work: OWN,
        baseline: SQL,
        goal: { measures: ['wallMs'], atMost: 0.3333 },
        sides: {
          [OWN]: () => server.costOf(() => readByClient(server, points)),
          [SQL]: () => server.costOf(() => readBySql(database, points)),
        },
      };
      return [await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 7, warmUp: 2 })];
    } finally {
      await database.end();
    }
  },
};

interface Points {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

async function fetchPoints({ url, apiKey }: MeasuredServer): Promise<Points> {
  const run = await createClient({ url, apiKey }).run('admin', 'bench', 'long');
  if (!run) throw new Error('the run is not there');
  return run.points(KEY);
}

async function readByClient(server: MeasuredServer, points: number): Promise<void> {
  expectPoints('the client', await fetchPoints(server), points);
}

async function readBySql(database: pg.Client, points: number): Promise<void> {
  const { rows } = await database.query<[string, number]>({
    name: 'all-points',
    rowMode: 'array',
    text: 'SELECT step, value FROM bench_point WHERE run = 1 ORDER BY step',
  });
  const steps = new Float64Array(rows.length);
  const values = new Float64Array(rows.length);
  for (const [i, [step, value]] of rows.entries()) {
    steps[i] = Number(step);
    values[i] = value;
  }
  expectPoints('SQL', { steps, values }, points);
}

/** The very points of the run, under the key that such a table would have. */
async function makeNarrowTable(server: MeasuredServer, database: pg.Client): Promise<void> {
  await database.query(
    'CREATE TABLE bench_point (run int, step bigint, value double precision, PRIMARY KEY (run, step))',
  );
  const { steps, values } = await fetchPoints(server);
  for (let from = 0; from < steps.length; from += 100_000) {
    await database.query(
      'INSERT INTO bench_point SELECT 1, * FROM unnest($1::bigint[], $2::double precision[]) AS points (step, value)',
      [[...steps.subarray(from, from + 100_000)], [...values.subarray(from, from + 100_000)]],
    );
  }
  await database.query('VACUUM ANALYZE bench_point');
}

/** A side that lost points would be fast. */
function expectPoints(what: string, { steps, values }: Points, expected: number): void {
  if (steps.length !== expected || values.length !== expected || steps.at(-1) !== expected - 1)
    throw new Error(`${what} has ${steps.length} points up to step ${steps.at(-1)}, not ${expected}`);
}
