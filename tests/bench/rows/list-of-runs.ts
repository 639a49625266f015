import { createClient } from '@summa/client';
import { makeRuns } from '../../support/many-runs.ts';
import makeEnvironment from '../../wandb/make-environment.ts';
import { runScript } from '../../wandb/python.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { type Cost, compare } from '../harness/compare.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';

const PUBLIC = 'public API';
const OWN = 'own client';

/** How a list is read: by `public_list.py`, and by our own client. */
interface Way {
  readonly way: string;
  readonly pageSize: number;
  readonly whole: boolean;
}

const WAYS: readonly Way[] = [
  { way: 'lazy', pageSize: 200, whole: false },
  { way: 'full, 50 a page', pageSize: 50, whole: true },
  { way: 'full, 1,000 a page', pageSize: 1_000, whole: true },
  { way: 'lazy, then upgraded', pageSize: 1_000, whole: true },
];

/** A list of 1,000 runs of 20 metrics, by `wandb.Api()` and by our own client. */
export const listOfRuns: BenchRow = {
  name: 'list-of-runs',
  title: 'A list of 1,000 runs through the public API of the wandb client, against our own client',
  async measure({ quick, say }) {
    await makeEnvironment();
    await using server = await startMeasuredServer();
    const runs = quick ? 20 : 1_000;
    await makeRuns(server, runs);
    const results = [];
    for (const way of WAYS) {
      say(`  ${way.way}`);
      const comparison = {
        name: `${way.way}${way.whole ? ', with all summaries and configs' : ''}`,
        work: PUBLIC,
        baseline: OWN,
        goal: { measures: ['serverCpuMs'], atMost: 2 },
        sides: {
          [PUBLIC]: () => readByScript(server, way, runs),
          [OWN]: () => readByClient(server, way, runs),
        },
      };
      results.push(await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 5, warmUp: 1 }));
    }
    return results;
  },
};

/** The time is that which the list takes within the script, without the start of Python. */
async function readByScript(server: MeasuredServer, { way }: Way, runs: number): Promise<Cost> {
  let told: unknown;
  const cost = await server.costOf(async () => {
    const script = await runScript(server, 'public_list.py', { args: ['admin/many', way] });
    if (script.code !== 0) throw new Error(`the client ended with ${script.code}: ${script.output}`);
    told = script.told;
  });
  const { wallMs, count } = told as { readonly wallMs: number; readonly count: number }; // what the script writes
  if (count !== runs) throw new Error(`the public API found ${count} runs, not ${runs}`);
  return { ...cost, wallMs };
}

async function readByClient(server: MeasuredServer, { pageSize, whole }: Way, runs: number): Promise<Cost> {
  const client = createClient(server);
  const names = new Set<string>();
  const cost = await server.costOf(async () => {
    const documents = whole ? ({ summary: true, config: true } as const) : {};
    for await (const { run } of client.runs({ entity: 'admin', project: 'many', pageSize, ...documents }))
      names.add(run.name);
  });
  if (names.size !== runs) throw new Error(`our own client found ${names.size} runs, not ${runs}`);
  return cost;
}
