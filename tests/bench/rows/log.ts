import type pg from 'pg';
import { must } from '../../support/graphql.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { benchRows, startBenchRun } from '../harness/bench-run.ts';
import { type Comparison, compare } from '../harness/compare.ts';
import { connectDatabase } from '../harness/connect-database.ts';
import { copyIn, copyLine } from '../harness/copy-stream.ts';
import { countJsonRows, makeJsonRowTable } from '../harness/json-row-table.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';
import { Poster } from '../harness/post-json.ts';
import { randomNumbers } from '../harness/random-numbers.ts';

const OWN = 'log by GraphQL';
const COPY = 'COPY of JSONB rows';
const INSERT = 'INSERT of a JSONB row';

/** What each of some writers sends in one round, each into a run of its own, one request after the other. */
interface Load {
  readonly name: string;
  readonly metrics: number;
  /** Rows of a request, and of a transaction of the baseline. */
  readonly rows: number;
  readonly writers: number;
  readonly requests: number;
  readonly quickRequests: number;
  readonly baseline: typeof COPY | typeof INSERT;
  /** Of the baseline's points in a second. */
  readonly goal: number;
}

const LOADS: readonly Load[] = [
  {
    name: '10 metrics x 1,000 rows a request, 4 writers',
    metrics: 10,
    rows: 1_000,
    writers: 4,
    requests: 25,
    quickRequests: 2,
    baseline: COPY,
    goal: 1.3,
  },
  {
    name: '10 metrics x 1 row a request, 16 writers',
    metrics: 10,
    rows: 1,
    writers: 16,
    requests: 200,
    quickRequests: 5,
    baseline: INSERT,
    goal: 0.4,
  },
  {
    name: '1,000 metrics x 10 rows a request, 4 writers',
    metrics: 1_000,
    rows: 10,
    writers: 4,
    requests: 25,
    quickRequests: 2,
    baseline: COPY,
    goal: 1,
  },
];

/** Rows that are logged, acknowledged when they are on disk, against the same rows into a plain table of JSONB. */
export const logRows: BenchRow = {
  name: 'log',
  title:
    'Rows logged over HTTP, against the same rows as JSONB into a plain table by pg, as many connections, a commit a request',
  async measure({ quick, say }) {
    await using server = await startMeasuredServer();
    const results = [];
    const connections = await Promise.all(
      Array.from({ length: Math.max(...LOADS.map(({ writers }) => writers)) }, () => connectDatabase(server)),
    );
    const poster = new Poster(connections.length);
    try {
      await makeJsonRowTable(connections[0] as pg.Client); // there is at least one
      let runs = 0;
      const takeRuns = (count: number) => {
        runs += count;
        return runs - count;
      };
      for (const load of LOADS) {
        say(`  ${load.name}`);
        const sized = quick ? { ...load, requests: load.quickRequests } : load;
        const comparison = comparisonOf(server, { load: sized, connections, poster, takeRuns });
        results.push(await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 7, warmUp: 2 }));
      }
      return results;
    } finally {
      poster.close();
      await Promise.all(connections.map((connection) => connection.end()));
    }
  },
};

interface Sides {
  readonly load: Load;
  readonly connections: readonly pg.Client[];
  readonly poster: Poster;
  /** The first of some numbers of runs that the table does not have yet. */
  readonly takeRuns: (count: number) => number;
}

function comparisonOf(server: MeasuredServer, { load, connections, poster, takeRuns }: Sides): Comparison {
  const batches = batchesOf(load);
  const used = connections.slice(0, load.writers);
  return {
    name: load.name,
    work: OWN,
    baseline: load.baseline,
    // Points in a second are one over the time for the same points.
    goal: { measures: ['wallMs'], atMost: Number((1 / load.goal).toPrecision(4)) },
    sides: {
      [OWN]: (round) => logRound(server, { load, batches, poster, title: `${load.name} ${round}` }),
      [load.baseline]: () => tableRound(server, { load, batches, connections: used, first: takeRuns(load.writers) }),
    },
  };
}

/** The rows of each request: as `log` takes them, and as the values of a table. Every writer sends the same. */
interface Batch {
  readonly offset: number;
  readonly rows: string;
  readonly table: readonly { readonly step: number; readonly data: string }[];
}

function batchesOf({ metrics, rows, requests }: Load): Batch[] {
  const random = randomNumbers();
  return Array.from({ length: requests }, (_, request) => {
    const offset = request * rows;
    const made = benchRows({ from: offset, rows, metrics }, random);
    return {
      offset,
      rows: JSON.stringify(made),
      table: made.map(({ step, timestamp, values }) => ({
        step,
        data: JSON.stringify({ _timestamp: timestamp, ...values }),
      })),
    };
  });
}

const LOG = JSON.stringify('mutation ($input: LogInput!) { log(input: $input) { acceptedRows lastStep revision } }');

async function logRound(
  server: MeasuredServer,
  { load, batches, poster, title }: { load: Load; batches: readonly Batch[]; poster: Poster; title: string },
) {
  const names = Array.from({ length: load.writers }, (_, writer) => `${title} ${writer}`.replaceAll(/\W/g, '-'));
  const bodies: Buffer[][] = [];
  for (const name of names) {
    const runId = JSON.stringify(await startBenchRun(server, 'bench', name));
    bodies.push(
      batches.map(({ offset, rows }) =>
        Buffer.from(
          `{"query":${LOG},"variables":{"input":{"runId":${runId},"writer":"w","offset":${offset},"rows":${rows}}}}`,
        ),
      ),
    );
  }
  const cost = await server.costOf(() =>
    Promise.all(
      bodies.map(async (requests) => {
        for (const body of requests) await poster.post(server, body);
      }),
    ),
  );
  for (const name of names) expectRows(name, await countLogged(server, name), load.rows * load.requests);
  return cost;
}

async function countLogged(server: MeasuredServer, name: string): Promise<number> {
  const query =
    'query ($name: String!) { run(entity: "admin", project: "bench", name: $name) { history { rowCount } } }';
  return (await must(server, query, { name })).run.history.rowCount;
}

async function tableRound(
  server: MeasuredServer,
  {
    load,
    batches,
    connections,
    first,
  }: { load: Load; batches: readonly Batch[]; connections: readonly pg.Client[]; first: number },
) {
  const write = load.baseline === COPY ? copyBatches : insertRows;
  const prepared = connections.map((_, writer) =>
    batches.map(({ table }) =>
      Buffer.from(table.map(({ step, data }) => copyLine([first + writer, step, data])).join('')),
    ),
  );
  const cost = await server.costOf(() =>
    Promise.all(
      connections.map((connection, writer) =>
        write(connection, { run: first + writer, batches, texts: prepared[writer] ?? [] }),
      ),
    ),
  );
  const [database] = connections;
  for (const writer of connections.keys())
    expectRows('the table', database ? await countJsonRows(database, first + writer) : 0, load.rows * load.requests);
  return cost;
}

interface TableRows {
  readonly run: number;
  readonly batches: readonly Batch[];
  /** The batches as COPY takes them. */
  readonly texts: readonly Buffer[];
}

async function copyBatches(database: pg.Client, { texts }: TableRows): Promise<void> {
  for (const text of texts) await copyIn(database, 'bench_row (run, step, data)', text);
}

async function insertRows(database: pg.Client, { run, batches }: TableRows): Promise<void> {
  for (const { step, data } of batches.flatMap(({ table }) => table)) {
    await database.query({
      name: 'insert-row',
      text: 'INSERT INTO bench_row (run, step, data) VALUES ($1, $2, $3)',
      values: [run, step, data],
    });
  }
}

/** A side that lost rows would be fast. */
function expectRows(what: string, rows: number, expected: number): void {
  if (rows !== expected) throw new Error(`${what} has ${rows} rows, not ${expected}`);
}
