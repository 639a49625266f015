import { createClient } from '@summa/client';
import { makeRuns } from '../../support/many-runs.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { type Cost, compare } from '../harness/compare.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';

const TABLE = 'table';
const TYPED = 'typed runs';
const LIST = 'list';
const KEYS = ['m0', 'm7', 'm19'] as const;
const PATH = { entity: 'admin', project: 'many' };

/** What the typed client is told of the runs of `makeRuns`. */
interface Many {
  config: { index: number };
  configValues: { index: number };
  row: Record<`m${number}`, number>;
  metrics: Record<`m${number}`, number>;
  summary: Record<`m${number}`, number>;
  definitions: Record<never, never>;
}

/** Four values of 1,000 runs of 20 metrics: as a table, by a typed project with all statistics, and as documents of a list. */
export const tableOfRuns: BenchRow = {
  name: 'table-of-runs',
  title: 'Four values of each of 1,000 runs of 20 metrics through our own client',
  async measure({ quick, say }) {
    await using server = await startMeasuredServer();
    const runs = quick ? 20 : 1_000;
    await makeRuns(server, runs);
    const rounds = quick ? { rounds: 1, warmUp: 0 } : { rounds: 7, warmUp: 2 };
    const list = () => measure(server, runs, readList);
    say('  as a table');
    const table = {
      name: 'as columns',
      work: TABLE,
      baseline: LIST,
      goal: { measures: ['serverCpuMs', 'wallMs'], atMost: 0.5 },
      sides: { [TABLE]: () => measure(server, runs, readTable), [LIST]: list },
    };
    say('  with all statistics');
    const typed = {
      name: 'with all statistics of three metrics',
      work: TYPED,
      baseline: LIST,
      goal: null,
      sides: { [TYPED]: () => measure(server, runs, readTyped), [LIST]: list },
    };
    return [await compare(table, rounds), await compare(typed, rounds)];
  },
};

type Client = ReturnType<typeof createClient>;

/** The cost of reading; throws when the values are not those of all runs: `m7` is twice the index and 7. */
async function measure(
  server: MeasuredServer,
  runs: number,
  read: (client: Client) => Promise<number[]>,
): Promise<Cost> {
  const client = createClient(server);
  let values: number[] = [];
  const cost = await server.costOf(async () => {
    values = await read(client);
  });
  const sum = values.reduce((total, value) => total + value, 0);
  if (values.length !== runs || sum !== runs * (runs - 1) + 7 * runs)
    throw new Error(`read ${values.length} runs, not ${runs}`);
  return cost;
}

async function readTable(client: Client): Promise<number[]> {
  const { summary } = await client.table({ ...PATH, config: ['index'], summary: KEYS });
  return [...summary.m7.numbers()];
}

async function readTyped(client: Client): Promise<number[]> {
  const values: number[] = [];
  const runs = client.project<Many>('admin/many').runs({ config: ['index'], summary: KEYS, pageSize: 250 });
  for await (const { summary } of runs) values.push(summary.m7?.max ?? Number.NaN);
  return values;
}

async function readList(client: Client): Promise<number[]> {
  const values: number[] = [];
  const runs = client.runs({ ...PATH, config: ['index'], summary: KEYS, pageSize: 1_000 });
  for await (const { summary } of runs) values.push(Number(summary.m7));
  return values;
}
