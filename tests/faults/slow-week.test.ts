import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type LiveRun } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type Mischief, startUnrulyProxy } from '../support/unruly-proxy.ts';

const QUEUE_BYTES = 40_000;
const ROWS_PER_DAY = 1_000;

/** What the network is like in the four parts of each of seven days: a night without one, a slow one, a bad one, a good one. */
const PARTS = ['away', 'slow', 'bad', 'good'] as const;

let server: SummaProcess;
let dir: string;
beforeAll(async () => {
  server = await startSumma();
  dir = await mkdtemp(join(tmpdir(), 'summa-week-'));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

describe('a week of a slow network, compressed', () => {
  it('keeps the queue within its bound and loses nothing', async () => {
    const random = seeded(7);
    let part: (typeof PARTS)[number] = 'good';
    await using proxy = await startUnrulyProxy(server.url, () => mischiefOf(part, random));
    const client = createClient({ url: proxy.url, apiKey: server.apiKey, timeoutMs: 1_000 });
    const run = await client.startRun({
      project: 'week',
      spool: { dir },
      delivery: { queueBytes: QUEUE_BYTES, batchRows: 200, batchAfterMs: 20, backoff: { firstMs: 5, mostMs: 200 } },
    });
    let most = 0;
    let behind = 0;
    const longest = await train(run, (row) => {
      part = PARTS[Math.floor((row % ROWS_PER_DAY) / (ROWS_PER_DAY / PARTS.length))] ?? 'good';
      most = Math.max(most, run.pendingBytes);
      behind = Math.max(behind, run.pendingRows);
    });
    part = 'good';
    await run.finish();

    // Beyond the bound there is at most the row that reached it.
    expect(most).toBeLessThan(QUEUE_BYTES + 1_000);
    // Much more waited than memory may hold: the spool was needed.
    expect(behind * 200).toBeGreaterThan(QUEUE_BYTES);
    expect(run.lostRows).toBe(0);
    const stored = await createClient(server).run(...pathOf(run));
    expect(await stored?.summary.metric('m0')).toMatchObject({
      count: 7 * ROWS_PER_DAY,
      lastStep: 7 * ROWS_PER_DAY - 1,
    });
    expect(await stored?.summary.document()).toEqual(run.summary.document());
    expect(await readdir(dir)).toEqual([]);
    console.info(
      `longest call of log: ${longest.logMs.toFixed(1)} ms; of JSON.stringify beside it: ${longest.plainMs.toFixed(1)} ms`,
    );
  });
});

/**
 * A training loop of a week, and the longest call of `log` in it. Beside each call stands what any logger has to do, which shows how
 * long the machine itself held the loop up.
 */
async function train(run: LiveRun, onRow: (row: number) => void): Promise<{ logMs: number; plainMs: number }> {
  const plain: string[] = [];
  let logMs = 0;
  let plainMs = 0;
  for (let row = 0; row < 7 * ROWS_PER_DAY; row++) {
    onRow(row);
    const values = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`m${i}`, row / (i + 1)]));
    const begunAt = performance.now();
    plain.push(JSON.stringify({ step: row, timestamp: Date.now() / 1000, values }));
    const between = performance.now();
    run.log(values);
    logMs = Math.max(logMs, performance.now() - between);
    plainMs = Math.max(plainMs, between - begunAt);
    await sleep(1);
  }
  return { logMs, plainMs };
}

function mischiefOf(part: (typeof PARTS)[number], random: () => number): Mischief {
  if (part === 'away') return 'drop';
  if (part === 'slow') return { delayMs: 50 + random() * 100 };
  if (part === 'good') return 'none';
  const bad = ['drop', 'cut request', 'lose answer', 'cut answer', 'repeat', 'busy'] as const;
  return bad[Math.floor(random() * bad.length)] ?? 'drop';
}

function pathOf(run: LiveRun): [entity: string, project: string, name: string] {
  const [entity = '', project = '', name = ''] = run.path.split('/');
  return [entity, project, name];
}
