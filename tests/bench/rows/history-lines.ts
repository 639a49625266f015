import { must } from '../../support/graphql.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { compare } from '../harness/compare.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';
import { randomNumbers } from '../harness/random-numbers.ts';

/** What is sent in one round of a side. */
interface Load {
  readonly name: string;
  readonly metrics: number;
  readonly rows: number;
  readonly requests: number;
  readonly quickRequests: number;
}

const LOADS: readonly Load[] = [
  { name: '10 values x 1,000 rows a request', metrics: 10, rows: 1_000, requests: 20, quickRequests: 2 },
  { name: '10 values x 1 row a request', metrics: 10, rows: 1, requests: 200, quickRequests: 20 },
  { name: '100 values x 100 rows a request', metrics: 100, rows: 100, requests: 20, quickRequests: 2 },
];
const DOOR = 'file stream';
const OWN = 'own log';

/** History lines through the door of the wandb client against the same rows by our own `log`. */
export const historyLines: BenchRow = {
  name: 'history-lines',
  title: 'History lines through the wandb door, against the same rows by our own log',
  async measure({ quick, say }) {
    await using server = await startMeasuredServer();
    const results = [];
    for (const load of LOADS) {
      say(`  ${load.name}`);
      const requests = quick ? load.quickRequests : load.requests;
      const bodies = bodiesOf({ ...load, requests });
      const comparison = {
        name: load.name,
        work: DOOR,
        baseline: OWN,
        goal: { measures: ['wallMs', 'serverCpuMs'], atMost: 1.3 },
        sides: {
          [DOOR]: (round: number) => streamRound(server, bodies, `${DOOR} ${load.name} ${round}`),
          [OWN]: (round: number) => logRound(server, bodies, `${OWN} ${load.name} ${round}`),
        },
      };
      results.push(await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 5, warmUp: 1 }));
    }
    return results;
  },
};

interface Bodies {
  readonly rowCount: number;
  /** For the file stream, ready to be sent. */
  readonly streamed: readonly string[];
  /** The rows of each request for our own log, as JSON. */
  readonly logged: readonly string[];
}

/**
 * The same rows for both sides, as each is sent them: what the client adds to every row is part of them, and it writes the keys of
 * each line in an order of its own.
 */
function bodiesOf({ metrics, rows, requests }: Load): Bodies {
  const random = randomNumbers();
  const streamed: string[] = [];
  const logged: string[] = [];
  for (let offset = 0; offset < rows * requests; offset += rows) {
    const content: string[] = [];
    const own: object[] = [];
    for (let step = offset; step < offset + rows; step++) {
      const timestamp = 1_750_000_000 + step / 8;
      const values: Record<string, number> = { _runtime: step / 8 };
      for (let metric = 0; metric < metrics; metric++) values[`train/metric_${metric}`] = random();
      const line = Object.entries({ ...values, _step: step, _timestamp: timestamp });
      content.push(JSON.stringify(Object.fromEntries(shuffled(line, random))));
      own.push({ step, timestamp, values });
    }
    streamed.push(JSON.stringify({ files: { 'wandb-history.jsonl': { offset, content } } }));
    logged.push(JSON.stringify(own));
  }
  return { rowCount: rows * requests, streamed, logged };
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

const LOG = 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows lastStep revision } }';

async function streamRound(server: MeasuredServer, { streamed, rowCount }: Bodies, title: string) {
  const name = title.replaceAll(/\W/g, '-');
  await startRun(server, name);
  const cost = await server.costOf(async () => {
    for (const body of streamed) await post(server, `/wandb/files/admin/bench/${name}/file_stream`, body);
  });
  await expectRows(server, name, rowCount);
  return cost;
}

async function logRound(server: MeasuredServer, { logged, rowCount }: Bodies, title: string) {
  const name = title.replaceAll(/\W/g, '-');
  const runId = await startRun(server, name);
  const requests = logged.map((rows, i) => {
    const offset = (rowCount / logged.length) * i;
    const input = `{"runId":${JSON.stringify(runId)},"writer":"w","offset":${offset},"rows":${rows}}`;
    return `{"query":${JSON.stringify(LOG)},"variables":{"input":${input}}}`;
  });
  const cost = await server.costOf(async () => {
    for (const body of requests) await post(server, '/graphql', body);
  });
  await expectRows(server, name, rowCount);
  return cost;
}

async function startRun(server: MeasuredServer, name: string): Promise<string> {
  const started = await must(server, 'mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }', {
    input: { project: 'bench', name },
  });
  return started.startRun.run.id;
}

async function post(server: MeasuredServer, path: string, body: string): Promise<void> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body,
  });
  const text = await answer.text();
  if (!answer.ok || text.includes('"errors"')) throw new Error(`${path} answered ${answer.status}: ${text}`);
}

/** A side that lost rows would be fast. */
async function expectRows(server: MeasuredServer, name: string, count: number): Promise<void> {
  const query =
    'query ($name: String!) { run(entity: "admin", project: "bench", name: $name) { history { rowCount } } }';
  const { run } = await must(server, query, { name });
  if (run.history.rowCount !== count) throw new Error(`${name} has ${run.history.rowCount} rows, not ${count}`);
}
