import type { BenchRow } from '../harness/bench-row.ts';
import { type Comparison, type Cost, compare } from '../harness/compare.ts';
import { makeDatabase } from '../harness/connect-database.ts';
import { startMeasuredServer } from '../harness/measured-server.ts';
import { aimProduct } from '../peers/aim.ts';
import { mlflowProduct } from '../peers/mlflow.ts';
import { peerPrograms } from '../peers/process.ts';
import { clientsDo, type Product } from '../peers/product.ts';
import { summaProduct } from '../peers/summa.ts';
import { tensorboardProduct } from '../peers/tensorboard.ts';
import { trackioProduct } from '../peers/trackio.ts';

interface Sizes {
  readonly steps: number;
  readonly requests: number;
  readonly runs: number;
  readonly long: number;
}

const WIDE = 20;
const CLIENTS = 16;
const RUN_STEPS = 10;
const LONG = 'long';

/** A workload of one product in one round. @returns its cost, or nothing when the product has no such thing */
interface Workload {
  readonly name: string;
  /** The most of the peer's time that ours may take. */
  readonly atMost: number;
  readonly isOffered: (product: Product) => boolean;
  readonly run: (product: Product, round: string) => Promise<Cost>;
}

/** Workloads A to H side by side with other products, each alone with ours, in turns. */
export const peers: BenchRow = {
  name: 'peers',
  title: 'Summa beside MLflow on the same Postgres, Trackio, TensorBoard and Aim',
  async measure({ quick, say }) {
    const sizes: Sizes = quick
      ? { steps: 100, requests: 2, runs: 12, long: 5_000 }
      : { steps: 5_000, requests: 60, runs: 1_000, long: 1_000_000 };
    say('  installing the products');
    const programs = await peerPrograms();
    await using server = await startMeasuredServer();
    await using own = summaProduct(server);
    await fill(own, sizes);
    const results = [];
    for (const start of [
      async () => mlflowProduct(programs, await makeDatabase(server, 'mlflow')),
      () => trackioProduct(programs),
      () => tensorboardProduct(programs),
      () => aimProduct(programs),
    ]) {
      await using peer = await start();
      say(`  ${peer.name}`);
      await fill(peer, sizes);
      for (const workload of workloads(sizes).filter(({ isOffered }) => isOffered(peer))) {
        say(`    ${workload.name}`);
        results.push(
          await compare(besides(own, peer, workload), quick ? { rounds: 1, warmUp: 0 } : { rounds: 3, warmUp: 0 }),
        );
      }
    }
    return results;
  },
};

/** What the workloads that read find: many small runs, and a long one. */
async function fill(product: Product, { runs, long }: Sizes): Promise<void> {
  if (product.topRuns) {
    const numbers = Array.from({ length: runs }, (_, i) => i);
    await clientsDo(8, Math.ceil(runs / 8), async () => {
      const number = numbers.pop();
      if (number !== undefined) await product.logRun(smallRun(`run-${number}`, number));
    });
  }
  if (product.chart) await product.logRun({ name: LONG, metrics: 1, from: 0, steps: long });
}

function smallRun(name: string, number: number) {
  return { name, metrics: WIDE, from: number, steps: RUN_STEPS };
}

function besides(own: Product, peer: Product, { name, atMost, run }: Workload): Comparison {
  return {
    name: `${name} (${peer.name})`,
    work: own.name,
    baseline: peer.name,
    goal: { measures: ['wallMs'], atMost },
    sides: {
      [own.name]: (round) => run(own, `${peer.name}-${round}`),
      [peer.name]: (round) => run(peer, `${peer.name}-${round}`),
    },
  };
}

/** At least twenty times as fast. */
const TWENTIETH = 0.05;

function workloads({ steps, requests, runs, long }: Sizes): Workload[] {
  const part = { from: long / 2, to: long / 2 + long / 100 - 1 };
  return [
    {
      name: `A: a run of ${WIDE} metrics, ${steps} steps`,
      atMost: TWENTIETH,
      isOffered: () => true,
      run: (product, round) => wall(() => product.logRun({ name: `a-${round}`, metrics: WIDE, from: 0, steps })),
    },
    {
      name: `B: ${CLIENTS} clients, ${requests} requests each of one row of 10 metrics into a run of its own`,
      atMost: TWENTIETH,
      isOffered: ({ logTiny }) => logTiny !== undefined,
      run: (product, round) => wall(() => product.logTiny?.(`b-${round}`, { clients: CLIENTS, requests, metrics: 10 })),
    },
    {
      name: `C: ${runs / 10} runs of ${WIDE} metrics, ${RUN_STEPS} steps, 8 clients`,
      atMost: 1,
      isOffered: ({ topRuns }) => topRuns !== undefined,
      run: (product, round) =>
        wall(() =>
          clientsDo(8, Math.ceil(runs / 80), (client, at) =>
            product.logRun(smallRun(`c-${round}-${client}-${at}`, at)),
          ),
        ),
    },
    counted('D: the best 100 runs with 20 values each', 1, Math.min(100, runs), (product) => product.topRuns),
    counted('E: the greatest value of every run and where it was', 1, runs, (product) => product.bestOfAll),
    counted('F: all values of all runs', 1, runs, (product) => product.summaries),
    counted(`G: all ${long} points of a metric`, 1, long, ({ readAll }) => readAll && (() => readAll(LONG))),
    counted(`H: a chart of ${long} points`, TWENTIETH, 500, ({ chart }) => chart && (() => chart(LONG))),
    counted(
      'H: a hundredth of it',
      TWENTIETH,
      Math.min(500, long / 200),
      ({ zoom }) => zoom && (() => zoom(LONG, part)),
    ),
  ];
}

type Count = (() => Promise<number>) | ((runs: number) => Promise<number>) | undefined;

/** A workload that finds something; finding less than `least` would be fast. */
function counted(name: string, atMost: number, least: number, of: (product: Product) => Count): Workload {
  return {
    name,
    atMost,
    isOffered: (product) => of(product) !== undefined,
    run: (product) =>
      wall(async () => {
        const found = (await of(product)?.(least)) ?? 0;
        if (found < least) throw new Error(`${product.name} found ${found} of at least ${least}: ${name}`);
      }),
  };
}

async function wall(work: () => Promise<unknown> | undefined): Promise<Cost> {
  const began = performance.now();
  const measured = await work();
  return { wallMs: typeof measured === 'number' ? measured : performance.now() - began };
}
