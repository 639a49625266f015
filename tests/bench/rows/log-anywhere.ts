import type pg from 'pg';
import { must } from '../../support/graphql.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { type Comparison, type Cost, compare } from '../harness/compare.ts';
import { connectDatabase } from '../harness/connect-database.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';
import { multiplyRuns } from '../harness/multiply-runs.ts';
import { timesOf } from '../harness/percentiles.ts';

const METRICS = Array.from({ length: 10 }, (_, i) => `m${i}`);
const ROWS = 100;
const REQUESTS = 100;
const EMPTY = 'an empty run';

interface Sizes {
  readonly rows: number;
  readonly metrics: number;
  readonly runs: number;
}

/** Whether a request to log costs the same however much is there already. */
export const logAnywhere: BenchRow = {
  name: 'log-anywhere',
  title: `Requests of ${ROWS} rows of ${METRICS.length} metrics into what is large already, against the same into an empty run`,
  async measure({ quick, say }) {
    const sizes: Sizes = quick
      ? { rows: 20_000, metrics: 500, runs: 500 }
      : { rows: 1_000_000, metrics: 10_000, runs: 1_000_000 };
    await using few = await startMeasuredServer();
    await using many = await startMeasuredServer();
    say('  making runs');
    const long = await makeRun(few, sizes.rows);
    const wide = await makeWideRun(few, sizes.metrics);
    await makeManyRuns(many, sizes.runs);
    const results = [];
    for (const comparison of [
      against(few, `a run of ${sizes.rows} rows`, { server: few, target: () => Promise.resolve(long) }),
      against(few, `a run of ${sizes.metrics} metrics`, { server: few, target: () => Promise.resolve(wide) }),
      against(few, `an empty run among ${sizes.runs}`, { server: many, target: () => makeRun(many, 0) }),
    ]) {
      say(`  ${comparison.name}`);
      results.push(await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 9, warmUp: 2 }));
    }
    return results;
  },
};

/** A run that is logged into, and how far it is. */
interface Target {
  readonly runId: string;
  offset: number;
}

interface Large {
  readonly server: MeasuredServer;
  readonly target: () => Promise<Target>;
}

function against(few: MeasuredServer, work: string, { server, target }: Large): Comparison {
  return {
    name: `into ${work}`,
    work,
    baseline: EMPTY,
    goal: { measures: ['p50Ms'], atMost: 1.1 },
    sides: {
      [work]: async () => logInto(server, await target()),
      [EMPTY]: async () => logInto(few, await makeRun(few, 0)),
    },
  };
}

async function logInto(server: MeasuredServer, target: Target): Promise<Cost> {
  let times: Cost = {};
  const cost = await server.costOf(async () => {
    times = await timesOf(REQUESTS, () => logRows(server, target, ROWS));
  });
  return { ...times, ...cost };
}

const LOG = 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }';

const FINISH = 'mutation ($input: FinishRunInput!) { finishRun(input: $input) { __typename } }';

async function logRows(server: MeasuredServer, target: Target, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => ({
    step: target.offset + i,
    values: Object.fromEntries(METRICS.map((key, metric) => [key, Math.sin((target.offset + i) / 1_000 + metric)])),
  }));
  await send(server, target, rows);
}

async function send(server: MeasuredServer, target: Target, rows: readonly object[]): Promise<void> {
  const input = { runId: target.runId, writer: 'bench', offset: target.offset, rows };
  const { log } = await must(server, LOG, { input });
  target.offset += rows.length;
  if (log.acceptedRows !== target.offset) throw new Error(`${log.acceptedRows} rows are there, not ${target.offset}`);
}

async function makeRun(server: MeasuredServer, rows: number): Promise<Target> {
  const { startRun } = await must(server, 'mutation { startRun(input: { project: "anywhere" }) { run { id } } }');
  const target = { runId: String(startRun.run.id), offset: 0 };
  while (target.offset < rows) await logRows(server, target, Math.min(10_000, rows - target.offset));
  return target;
}

async function makeWideRun(server: MeasuredServer, metrics: number): Promise<Target> {
  const target = await makeRun(server, 0);
  const AT_ONCE = 2_000;
  for (let first = 0; first < metrics; first += AT_ONCE) {
    const keys = Array.from({ length: Math.min(AT_ONCE, metrics - first) }, (_, i) => `wide/k${first + i}`);
    const values = Object.fromEntries(keys.map((key, i) => [key, i / 7]));
    await send(server, target, [{ step: target.offset, values }]);
  }
  return target;
}

async function makeManyRuns(server: MeasuredServer, count: number): Promise<void> {
  const LOGGED = 20;
  for (let run = 0; run < LOGGED; run++) {
    const target = await makeRun(server, 0);
    await logRows(server, target, 5);
    // A million that seem to run would be given up as crashed, all at once, while others log.
    await must(server, FINISH, { input: { runId: target.runId } });
  }
  const database = await connectDatabase(server);
  try {
    await untilFielded(database);
    await multiplyRuns(database, 'anywhere', count);
    // Else Postgres does it by itself, in the midst of what is measured.
    await database.query('VACUUM ANALYZE');
  } finally {
    await database.end();
  }
}

/** The fields of runs that are written follow within a second. */
async function untilFielded(database: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ stale: string }>(
      'SELECT count(*) AS stale FROM run_summary WHERE fields_stale',
    );
    if (rows[0]?.stale === '0') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
