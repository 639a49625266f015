// Logs into several runs at once until it is killed, and writes to stdout what `log` accepted, after it returned.
// Arguments: the server, a seed, how many runs.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@summa/client';
// biome-ignore lint/correctness/useImportExtensions: Node runs this file as it is
import { rowOf } from './row-of.mjs';

const [url, seed, runs] = process.argv.slice(2);
const client = createClient({ url, timeoutMs: 2_000 });
const quick = { batchRows: 40, batchAfterMs: 5, backoff: { firstMs: 2, mostMs: 40 }, queueBytes: 4_000 };

await Promise.all(Array.from({ length: Number(runs) }, (_, i) => logRun(Number(seed) * 100 + i)));

async function logRun(runSeed) {
  const run = await client.startRun({
    project: 'killed',
    config: { seed: runSeed },
    delivery: quick,
    onError: (error) => tell({ error: error.code }),
  });
  tell({ run: run.name, seed: runSeed, writer: run.writer });
  run.defineMetric('a', { summary: 'min,max,count' });
  tell({ run: run.name, defined: true });
  const length = 150 + ((runSeed * 7919) % 400);
  for (let step = 0; step < length; step++) {
    run.log(rowOf(runSeed, step));
    tell({ run: run.name, step });
    if (step % 50 === 49) {
      run.summary.set('reached', step);
      tell({ run: run.name, reached: step });
    }
    // Some turns of the loop are long, some log many rows.
    if (step % (1 + (runSeed % 13)) === 0) await sleep(runSeed % 3);
  }
  await run.finish(runSeed % 2);
  tell({ run: run.name, finished: true });
}

function tell(event) {
  writeSync(1, `${JSON.stringify(event)}\n`);
}
