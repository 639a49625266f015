import { must } from '../../support/graphql.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { benchRows, makeBenchRun, metricKeys, startBenchRun } from '../harness/bench-run.ts';
import { type Comparison, type Cost, compare } from '../harness/compare.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';
import { percentile } from '../harness/percentiles.ts';
import { Poster } from '../harness/post-json.ts';
import { randomNumbers } from '../harness/random-numbers.ts';

const METRICS = 10;
/** Of so many requests one reads a chart, the others log a row. */
const CHART_EVERY = 8;
const CHARTED = 'charted';
const [CHARTED_KEY = ''] = metricKeys(1);

/** How many ask, and how much. */
interface Sizes {
  readonly many: number;
  readonly few: number;
  /** Of all clients together. */
  readonly requests: number;
  /** Steps of the metric that is drawn. */
  readonly steps: number;
}

/** Many clients at once against few that ask for as much, each side on a server of its own: memory that one took would show in the other. */
export const manyClients: BenchRow = {
  name: 'many-clients',
  title: 'Many clients at once, each over a connection of its own, against few that send as many requests',
  async measure({ quick, say }) {
    const sizes: Sizes = quick
      ? { many: 40, few: 4, requests: 400, steps: 5_000 }
      : { many: 500, few: 16, requests: 4_000, steps: 100_000 };
    await using crowded = await startMeasuredServer();
    await using calm = await startMeasuredServer();
    say('  making the runs');
    for (const server of [crowded, calm])
      await makeBenchRun(server, { project: 'bench', name: CHARTED, metrics: 1, rows: sizes.steps });
    return [await compare(comparisonOf({ crowded, calm }, sizes), quick ? { rounds: 1, warmUp: 0 } : ROUNDS)];
  },
};

const ROUNDS = { rounds: 3, warmUp: 1 };

function comparisonOf(
  { crowded, calm }: { readonly crowded: MeasuredServer; readonly calm: MeasuredServer },
  { many, few, requests }: Sizes,
): Comparison {
  const [work, baseline] = [`${many} clients`, `${few} clients`];
  return {
    name: `${requests.toLocaleString('en')} requests, one of ${CHART_EVERY} reads a chart`,
    work,
    baseline,
    // The same requests in no more than a quarter more time.
    goal: { measures: ['wallMs'], atMost: 1.25 },
    sides: {
      [work]: (round) => serveAll(crowded, { clients: many, each: requests / many, round }),
      [baseline]: (round) => serveAll(calm, { clients: few, each: requests / few, round }),
    },
  };
}

interface Crowd {
  readonly clients: number;
  /** Requests of each client, one after the other. */
  readonly each: number;
  readonly round: number;
}

async function serveAll(server: MeasuredServer, { clients, each, round }: Crowd): Promise<Cost> {
  const crowd: Client[] = [];
  for (let index = 0; index < clients; index++) crowd.push(await makeClient(server, { index, round, requests: each }));
  const took: number[] = [];
  try {
    const cost = await server.costOf(() => Promise.all(crowd.map((client) => askAll(server, client, took))));
    for (const { name, rows } of crowd) expectRows(name, await countLogged(server, name), rows);
    return {
      ...cost,
      requestsPerSecond: (took.length / (cost.wallMs ?? Number.NaN)) * 1000,
      p95Ms: percentile(took, 95),
    };
  } finally {
    for (const { poster } of crowd) poster.close();
  }
}

/** Somebody with a connection, a run, and texts to send. */
interface Client {
  readonly name: string;
  readonly poster: Poster;
  readonly bodies: readonly string[];
  /** How many rows the bodies log. */
  readonly rows: number;
}

const LOG = 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }';
const CHART = `query ($keys: [String!]!) { run(entity: "admin", project: "bench", name: "${CHARTED}") { history {
  series(keys: $keys, buckets: 800) { steps min max mean } } } }`;

interface ClientAsk {
  readonly index: number;
  readonly round: number;
  readonly requests: number;
}

async function makeClient(server: MeasuredServer, { index, round, requests }: ClientAsk): Promise<Client> {
  const name = `crowd-${round}-${index}`;
  const runId = await startBenchRun(server, 'bench', name);
  const random = randomNumbers();
  let offset = 0;
  const bodies = Array.from({ length: requests }, (_, request) => {
    // Clients take turns at charts; over all of them both sides ask for as many.
    if ((index + request) % CHART_EVERY === 0)
      return JSON.stringify({ query: CHART, variables: { keys: [CHARTED_KEY] } });
    const rows = benchRows({ from: offset, rows: 1, metrics: METRICS }, random);
    return JSON.stringify({ query: LOG, variables: { input: { runId, writer: 'w', offset: offset++, rows } } });
  });
  return { name, poster: new Poster(1), bodies, rows: offset };
}

async function askAll(server: MeasuredServer, { poster, bodies }: Client, took: number[]): Promise<void> {
  for (const body of bodies) {
    const began = performance.now();
    await poster.post(server, body);
    took.push(performance.now() - began);
  }
}

async function countLogged(server: MeasuredServer, name: string): Promise<number> {
  const query =
    'query ($name: String!) { run(entity: "admin", project: "bench", name: $name) { history { rowCount } } }';
  return (await must(server, query, { name })).run.history.rowCount;
}

/** A side that lost rows would be fast. */
function expectRows(name: string, rows: number, expected: number): void {
  if (rows !== expected) throw new Error(`${name} has ${rows} rows, not ${expected}`);
}
