import type pg from 'pg';
import { must } from '../../support/graphql.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { type Comparison, compare } from '../harness/compare.ts';
import { connectDatabase } from '../harness/connect-database.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';

const OWN = 'series by HTTP';
const BARE = 'bare read by pg';
const SQL = 'SQL over JSONB rows';
const METRICS = ['k1', 'k2', 'k3', 'k4'];
const ROWS_AT_ONCE = 10_000;

/** How much is drawn. */
interface Sizes {
  readonly runs: number;
  /** Steps of each of the runs. */
  readonly steps: number;
  /** Steps of the one long run. */
  readonly longSteps: number;
}

/** Charts of many runs, of a long run, and of a hundredth of it. */
export const charts: BenchRow = {
  name: 'charts',
  title: 'Charts by GraphQL over HTTP, against a bare read of the stored bytes by pg, and against SQL over JSONB rows',
  async measure({ quick, say }) {
    await using server = await startMeasuredServer();
    const sizes = quick
      ? { runs: 3, steps: 10_000, longSteps: 50_000 }
      : { runs: 30, steps: 100_000, longSteps: 1_000_000 };
    say('  making runs');
    for (let run = 0; run < sizes.runs; run++) await makeRun(server, `run-${run}`, METRICS, sizes.steps);
    await makeRun(server, 'long', ['m'], sizes.longSteps);
    const database = await connectDatabase(server);
    try {
      await makeJsonRows(database, sizes.longSteps);
      const results = [];
      for (const comparison of [...manyRuns(server, database, sizes), ...longRun(server, database, sizes)]) {
        say(`  ${comparison.name}`);
        results.push(await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 7, warmUp: 2 }));
      }
      return results;
    } finally {
      await database.end();
    }
  },
};

function manyRuns(server: MeasuredServer, database: pg.Client, { runs, steps }: Sizes): Comparison[] {
  const names = Array.from({ length: runs }, (_, run) => `run-${run}`);
  return [1, METRICS.length].map((count) => {
    const keys = METRICS.slice(0, count);
    const points = runs * steps;
    return {
      name: `${runs} runs, ${count === 1 ? 'a metric' : `${count} metrics`} of ${steps} steps, 800 buckets`,
      work: OWN,
      baseline: BARE,
      goal: { measures: ['wallMs'], atMost: 5 },
      sides: {
        [OWN]: () => server.costOf(() => drawSeries(server, { names, keys, buckets: 800, points })),
        [BARE]: () => server.costOf(() => readBodies(database, { names, keys, points })),
      },
    };
  });
}

function longRun(server: MeasuredServer, database: pg.Client, { longSteps }: Sizes): Comparison[] {
  const [names, keys, buckets] = [['long'], ['m'], 1_000];
  const part = { from: longSteps / 2, to: longSteps / 2 + longSteps / 100 - 1 };
  const parts = [
    { name: `1,000 buckets of a metric of ${longSteps} steps`, range: { from: 0, to: longSteps - 1 } },
    { name: '1,000 buckets of a hundredth of it', range: part },
  ];
  return parts.map(({ name, range }) => {
    const points = range.to - range.from + 1;
    return {
      name,
      work: OWN,
      baseline: SQL,
      goal: { measures: ['wallMs'], atMost: 0.01 },
      sides: {
        [OWN]: () => server.costOf(() => drawLong(server, { buckets, range, points })),
        [SQL]: () => server.costOf(() => groupJsonRows(database, range, buckets)),
        ...(points === longSteps && {
          [BARE]: () => server.costOf(() => readBodies(database, { names, keys, points })),
        }),
      },
    };
  });
}

/** What a chart shows. `points` is how many points of each metric it has to take in, over all runs. */
interface Drawn {
  readonly names: readonly string[];
  readonly keys: readonly string[];
  readonly points: number;
}

const SERIES = `query ($filter: RunFilter!, $keys: [String!]!, $buckets: Int!) {
  project(entity: "admin", name: "charts") { runs(first: 100, filter: $filter) { nodes { name history {
    series(keys: $keys, buckets: $buckets) { key count steps min max mean } } } } } }`;

async function drawSeries(
  server: MeasuredServer,
  { names, keys, points, buckets }: Drawn & { readonly buckets: number },
): Promise<void> {
  const filter = { field: { name: 'NAME', in: names } };
  const { project } = await must(server, SERIES, { filter, keys, buckets });
  const counted = new Map(keys.map((key) => [key, 0]));
  for (const { history } of project.runs.nodes)
    for (const { key, count } of history.series) counted.set(key, (counted.get(key) ?? 0) + count);
  for (const [key, count] of counted) expectPoints(key, count, points);
}

const LONG_SERIES = `query ($buckets: Int!, $range: StepRange!) { run(entity: "admin", project: "charts", name: "long") {
  history { series(keys: ["m"], buckets: $buckets, range: $range) { key count steps min max mean } } } }`;

/** The chart of the one long run. */
async function drawLong(
  server: MeasuredServer,
  { points, ...given }: { readonly buckets: number; readonly range: object; readonly points: number },
): Promise<void> {
  const { run } = await must(server, LONG_SERIES, given);
  expectPoints('m', run.history.series[0].count, points);
}

/** The stored values, one chunk after the other, and nothing done with them. */
async function readBodies(database: pg.Client, { names, keys, points }: Drawn): Promise<void> {
  const { rows } = await database.query<{ count: number; body: Buffer }>({
    name: 'read-bodies',
    text: `SELECT c.count, c.body FROM run r JOIN history_chunk c ON c.project_id = r.project_id AND c.run_id = r.id
      JOIN metric_key k ON k.project_id = c.project_id AND k.id = c.key_id
      WHERE r.name = ANY($1) AND k.key = ANY($2) ORDER BY c.run_id, c.key_id, c.first_step`,
    values: [names, keys],
  });
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  expectPoints('a bare read', count, points * keys.length);
}

async function makeJsonRows(database: pg.Client, steps: number): Promise<void> {
  await database.query('CREATE TABLE bench_row (run int, step bigint, data jsonb, PRIMARY KEY (run, step))');
  await database.query(
    `INSERT INTO bench_row SELECT 1, step, jsonb_build_object('m', random()) FROM generate_series(0, $1::int - 1) AS step`,
    [steps],
  );
  await database.query('VACUUM ANALYZE bench_row');
}

async function groupJsonRows(
  database: pg.Client,
  { from, to }: { readonly from: number; readonly to: number },
  buckets: number,
): Promise<void> {
  const { rows } = await database.query<{ count: string }>({
    name: 'group-json-rows',
    text: `SELECT (step - $1) * $3 / ($2 - $1 + 1) AS bucket, count(*), min(step), min(value), max(value), avg(value)
      FROM (SELECT step, (data ->> 'm')::float8 AS value FROM bench_row
            WHERE run = 1 AND step BETWEEN $1::bigint AND $2::bigint) AS points
      GROUP BY bucket ORDER BY bucket`,
    values: [from, to, buckets],
  });
  const count = rows.reduce((sum, row) => sum + Number(row.count), 0);
  expectPoints('SQL', count, to - from + 1);
}

/** A side that lost points would be fast. */
function expectPoints(what: string, count: number, expected: number): void {
  if (count !== expected) throw new Error(`${what} has ${count} points, not ${expected}`);
}

/** A finished run whose metrics wander; its rows have numbers of as many digits as measured ones. */
async function makeRun(server: MeasuredServer, name: string, metrics: readonly string[], steps: number): Promise<void> {
  const started = await must(server, 'mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }', {
    input: { project: 'charts', name },
  });
  const runId = started.startRun.run.id;
  for (let offset = 0; offset < steps; offset += ROWS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, steps - offset) }, (_, i) => ({
      step: offset + i,
      timestamp: 1_750_000_000 + (offset + i) / 8,
      values: Object.fromEntries(metrics.map((key, metric) => [key, Math.sin((offset + i) / 1_000 + metric)])),
    }));
    const input = { runId, writer: 'bench', offset, rows };
    await must(server, 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }', { input });
  }
  await must(server, 'mutation ($input: FinishRunInput!) { finishRun(input: $input) { run { id } } }', {
    input: { runId },
  });
}
