import type pg from 'pg';
import { must } from '../../support/graphql.ts';
import { startBareJsonServer } from '../harness/bare-json-server.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { makeBenchRun, metricKeys } from '../harness/bench-run.ts';
import { compare } from '../harness/compare.ts';
import { connectDatabase } from '../harness/connect-database.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';
import { Poster } from '../harness/post-json.ts';

const OWN = 'summary by GraphQL';
const BARE = 'bare handler over JSONB';
const METRICS = 100;
const RUNS = 20;
const AT_ONCE = 8;

/** The summary of one run after the other, against a handler that sends the same document from a table. */
export const summaries: BenchRow = {
  name: 'summary',
  title: 'The summary of a run by GraphQL, against a bare HTTP handler that reads the same JSONB by pg and sends it',
  async measure({ quick, say }) {
    await using server = await startMeasuredServer();
    say('  making runs');
    for (let run = 0; run < RUNS; run++)
      await makeBenchRun(server, { project: 'bench', name: `run-${run}`, metrics: METRICS, rows: 50 });
    const database = await connectDatabase(server);
    const poster = new Poster(AT_ONCE);
    try {
      await storeDocuments(server, database);
      await using bare = await startBareJsonServer(database);
      const requests = quick ? 40 : 4_000;
      const bodies = Array.from({ length: RUNS }, (_, run) => bodyOf(`run-${run}`));
      const own = async (i: number) => expectMetrics(await poster.post(server, bodies[i % RUNS] ?? ''));
      const other = async (i: number) => expectMetrics(await poster.get(`${bare.url}/${i % RUNS}`));
      const comparison = {
        name: `${requests.toLocaleString('en')} requests for ${METRICS} metrics, ${AT_ONCE} at once`,
        work: OWN,
        baseline: BARE,
        goal: { measures: ['wallMs'], atMost: 2 },
        sides: {
          [OWN]: () => server.costOf(() => ask(requests, own)),
          [BARE]: () => server.costOf(() => ask(requests, other)),
        },
      };
      return [await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 7, warmUp: 2 })];
    } finally {
      poster.close();
      await database.end();
    }
  },
};

const SUMMARY = `query ($name: String!) { run(entity: "admin", project: "bench", name: $name) { summary { document } } }`;

function bodyOf(name: string): string {
  return JSON.stringify({ query: SUMMARY, variables: { name } });
}

async function storeDocuments(server: MeasuredServer, database: pg.Client): Promise<void> {
  await database.query('CREATE TABLE bench_document (run int PRIMARY KEY, data jsonb)');
  for (let run = 0; run < RUNS; run++) {
    const { run: found } = await must(server, SUMMARY, { name: `run-${run}` });
    const document = JSON.stringify(found.summary.document);
    await database.query('INSERT INTO bench_document VALUES ($1, $2)', [run, document]);
  }
  await database.query('VACUUM ANALYZE bench_document');
}

/** Sends requests one after the other, some at once. */
async function ask(requests: number, send: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < requests) await send(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const LAST_KEY = metricKeys(METRICS).at(-1) ?? '';

/** A side that sent less would be fast. */
function expectMetrics(text: string): void {
  if (!text.includes(LAST_KEY)) throw new Error(`an answer lacks ${LAST_KEY}: ${text.slice(0, 200)}`);
}
