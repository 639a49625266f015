import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type LiveRun } from '@summa/client';
import type { BenchRow } from '../harness/bench-row.ts';
import { type Cost, compare } from '../harness/compare.ts';
import { spreadOf } from '../harness/spread.ts';

const VALUES = 10;
const LOG = 'log';
const BASELINE = 'JSON.stringify and push';
/** Calls in a turn of the loop; each turn is timed as a whole. */
const CALLS_PER_TURN = 100;

/** What a call of `log` takes in the training loop, against the least that any logger has to do. */
export const clientLog: BenchRow = {
  name: 'client-log',
  title: `A call of log with ${VALUES} numbers, against JSON.stringify and a push`,
  async measure({ quick }) {
    const turns = quick ? 20 : 500;
    const results = [];
    for (const spooled of [true, false]) {
      const comparison = {
        name: spooled ? 'with a spool' : 'in memory alone',
        work: LOG,
        baseline: BASELINE,
        goal: { measures: ['usPerCall'], atMost: 3 },
        sides: {
          [LOG]: () => timeLog(spooled, turns),
          [BASELINE]: () => timeBaseline(turns),
        },
      };
      results.push(await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 9, warmUp: 2 }));
    }
    return results;
  },
};

async function timeLog(spooled: boolean, turns: number): Promise<Cost> {
  const dir = await mkdtemp(join(tmpdir(), 'summa-bench-'));
  try {
    const run = await startRun(spooled ? { dir } : false);
    const cost = await timeTurns((values) => run.log(values), turns);
    await run.finish();
    if (run.lostRows > 0 || run.lastStep !== turns * CALLS_PER_TURN - 1) throw new Error('rows were lost');
    return cost;
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** A run whose server answers at once and does nothing, so that what is measured is the client. */
function startRun(spool: false | { readonly dir: string }): Promise<LiveRun> {
  const fields = { id: 'r', name: 'r', displayName: 'r', path: 'e/p/r', url: '', lastStep: null };
  const data = { startRun: { run: fields, resumed: false, writers: [] }, log: {}, finishRun: {} };
  const answer = JSON.stringify({ data });
  const fetch = async () => new Response(answer, { headers: { 'content-type': 'application/json' } });
  return createClient({ fetch }).startRun({ project: 'bench', spool });
}

async function timeBaseline(turns: number): Promise<Cost> {
  let texts: string[] = [];
  let step = 0;
  return timeTurns((values) => {
    texts.push(JSON.stringify({ step, timestamp: Date.now() / 1000, values }));
    step += 1;
    if (texts.length === 1_000) texts = [];
  }, turns);
}

/** The median over turns of the time that a call took, in µs: a turn in which the machine did something else does not count. */
async function timeTurns(log: (values: Readonly<Record<string, number>>) => void, turns: number): Promise<Cost> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const rows = Array.from({ length: CALLS_PER_TURN }, makeValues);
    const begunAt = performance.now();
    for (const values of rows) log(values);
    times.push(((performance.now() - begunAt) * 1_000) / CALLS_PER_TURN);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { usPerCall: spreadOf(times).median };
}

function makeValues(): Record<string, number> {
  return Object.fromEntries(Array.from({ length: VALUES }, (_, i) => [`train/metric-${i}`, Math.random()]));
}
