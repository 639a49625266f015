import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient, type SummaClient } from '@summa/client';
import { foldColumn } from '@summa/core/metric/fold-column';
import { parseDefinition } from '@summa/core/metric/metric-definition';
import { resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import { NO_EXPLICIT_VALUES } from '@summa/core/summary/explicit-entry';
import { summaryDocument } from '@summa/core/summary/summary-document';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { seeded } from '../support/seeded.ts';
import { runSumma } from '../support/summa-command.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type Mischief, startUnrulyProxy } from '../support/unruly-proxy.ts';
// biome-ignore lint/correctness/useImportExtensions: the script's own module, which Node runs as it is
import { rowOf } from './scripts/row-of.mjs';

/** How many runs lose their process; `.ci/run` asks for 200. */
const RUNS = Number(process.env.SUMMA_KILLED_RUNS ?? 40);
const RUNS_PER_PROCESS = 8;
const PROCESSES_AT_ONCE = 3;
const SCRIPT = fileURLToPath(new URL('scripts/log-until-killed.mjs', import.meta.url));
const LOG = `mutation Log($input: LogInput!) { log(input: $input) { acceptedRows } }`;
const ROW_COUNT = `query Count($id: ID!) { node(id: $id) { ... on Run { state history { rowCount } } } }`;

/** What the process of a run said after `log` and the like had returned. */
interface KnownRun {
  readonly name: string;
  readonly writer: string;
  readonly seed: number;
  rows: number;
  reached: number | null;
  isFinished: boolean;
}

let server: SummaProcess;
let client: SummaClient;
let entity: string;
beforeAll(async () => {
  server = await startSumma();
  client = createClient(server);
  entity = (await client.viewer()).entity.name;
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe(`${RUNS} runs whose processes are killed with kill -9, behind a network that drops, delays, cuts and repeats`, () => {
  it('have every row that log accepted exactly once after summa sync, and its summary', async () => {
    const random = seeded(20_261_125);
    await using proxy = await startUnrulyProxy(server.url, () => chooseMischief(random));
    const seeds = Array.from({ length: Math.ceil(RUNS / RUNS_PER_PROCESS) }, (_, i) => i);
    const known: KnownRun[] = [];
    const workers = Array.from({ length: PROCESSES_AT_ONCE }, async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const killed = await killAndSync(proxy.url, seed);
        for (const run of killed) await checkRun(run);
        known.push(...killed);
      }
    });
    await Promise.all(workers);
    expect(known.length).toBeGreaterThanOrEqual(RUNS);
    // Some were killed in the middle, and every kind of mischief was done.
    expect(known.filter(({ isFinished }) => !isFinished).length).toBeGreaterThan(RUNS / 8);
    expect([...proxy.counts.keys()].sort()).toEqual(
      ['busy', 'cut answer', 'cut request', 'delay', 'drop', 'lose answer', 'none', 'repeat'].sort(),
    );
  }, 600_000);
});

function chooseMischief(random: () => number): Mischief {
  const dice = random();
  if (dice < 0.6) return 'none';
  if (dice < 0.7) return { delayMs: random() * 60 };
  const rest = ['drop', 'cut request', 'lose answer', 'cut answer', 'repeat', 'busy'] as const;
  return rest[Math.floor(random() * rest.length)] ?? 'none';
}

/** Starts a process that logs, kills it at a random moment, and sends what it left; the first sync may be killed too. */
async function killAndSync(url: string, seed: number): Promise<KnownRun[]> {
  const random = seeded(seed);
  const folder = await mkdtemp(join(tmpdir(), 'summa-spool-'));
  const env = { SUMMA_API_KEY: server.apiKey, SUMMA_SPOOL_DIR: folder };
  try {
    const known = await logUntilKilled(url, { seed, env, afterMs: random() * 400 });
    if (random() < 0.5) {
      await runSumma(['sync'], { env, onStart: (child) => void killAfter(child, 150 + random() * 300) });
    }
    const said = await syncAll(env);
    expect(await readdir(folder), said).toEqual([]);
    return known;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the `summa sync` said that came to an end. */
async function syncAll(env: Readonly<Record<string, string>>): Promise<string> {
  for (let tries = 0; ; tries++) {
    const { code, stderr, stdout } = await runSumma(['sync'], { env });
    if (code === 0) return stdout;
    if (tries === 4) throw new Error(`summa sync never came to an end:\n${stdout}${stderr}`);
  }
}

interface Killing {
  readonly seed: number;
  readonly env: Readonly<Record<string, string>>;
  /** After the first row of every run. */
  readonly afterMs: number;
}

async function logUntilKilled(url: string, { seed, env, afterMs }: Killing): Promise<KnownRun[]> {
  const args = [SCRIPT, url, String(seed), String(RUNS_PER_PROCESS)];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  let isWaiting = true;
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
    if (isWaiting && readKnown(told).filter(({ rows }) => rows > 0).length === RUNS_PER_PROCESS) {
      isWaiting = false;
      void killAfter(child, afterMs);
    }
  });
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  await once(child, 'close');
  if (child.exitCode !== null && child.exitCode !== 0) throw new Error(complaints);
  return readKnown(told);
}

async function killAfter(child: ChildProcess, ms: number): Promise<void> {
  await sleep(ms);
  child.kill('SIGKILL');
}

function readKnown(told: string): KnownRun[] {
  const runs = new Map<string, KnownRun>();
  // What lies behind the last line break was cut off by the kill.
  for (const line of told
    .slice(0, told.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)) {
    const event = JSON.parse(line);
    if (event.seed !== undefined) {
      const { run: name, seed, writer } = event;
      runs.set(name, { name, seed, writer, rows: 0, reached: null, isFinished: false });
    }
    const run = runs.get(event.run);
    if (run === undefined) continue;
    if (event.step !== undefined) run.rows = event.step + 1;
    if (event.reached !== undefined) run.reached = event.reached;
    if (event.finished) run.isFinished = true;
  }
  return [...runs.values()];
}

async function checkRun(known: KnownRun): Promise<void> {
  const run = await client.run(entity, 'killed', known.name);
  if (run === null) {
    // Started in its spool alone, and nothing was logged.
    expect(known.rows).toBe(0);
    return;
  }
  const rows = [];
  for await (const { step, values } of run.rows()) rows.push({ step, values });
  // The kill may have come between the return of the last `log` and the word of it.
  expect([known.rows, known.rows + 1]).toContain(rows.length);
  expect(rows).toEqual(rows.map((_, step) => ({ step, values: storedRow(known.seed, step) })));
  const { node } = await must(server, ROW_COUNT, { id: run.id });
  expect(node.history.rowCount).toBe(rows.length);
  const input = { runId: run.id, writer: known.writer, offset: 0, rows: [] };
  expect((await must(server, LOG, { input })).log.acceptedRows).toBe(rows.length);
  if (known.isFinished) expect(node.state).toBe(known.seed % 2 === 0 ? 'FINISHED' : 'FAILED');
  if (rows.length === 0) return;

  const all = rows.map((_, step) => rowOf(known.seed, step));
  const a = all.map((row) => row.a);
  const statistics = await run.summary.metric('a');
  expect(statistics).toMatchObject({
    count: a.length,
    min: Math.min(...a),
    max: Math.max(...a),
    sum: a.reduce((x, y) => x + y),
  });
  const { reached, w, ...document } = await run.summary.document();
  expect(document).toEqual(foldedDocument(all));
  if (all.some((row) => row.w)) expect(w).toMatchObject({ _type: 'tensor', shape: [40] });
  const marks = [known.reached, (known.reached ?? -1) + 50].filter((mark) => mark !== null);
  if (known.reached !== null || reached !== undefined) expect(marks).toContain(reached);
}

/** A row as the server tells it: of a tensor what describes it. */
function storedRow(seed: number, step: number) {
  const { w, ...values } = rowOf(seed, step);
  return w ? { ...values, w: expect.objectContaining({ _type: 'tensor', min: step, max: step + 39 }) } : values;
}

/** The document of these rows, without tensors and explicit values, as core folds it. */
function foldedDocument(rows: readonly ReturnType<typeof rowOf>[]) {
  const states = new Map(
    (['a', 'b', 'text'] as const).flatMap((key) => {
      const steps = rows.flatMap((row, step) => (row[key] === undefined ? [] : [step]));
      if (steps.length === 0) return [];
      const values = steps.map((step) => rows[step]?.[key]);
      const numbers = Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN));
      const texts = new Map(values.flatMap((value, i) => (typeof value === 'string' ? [[i, value] as const] : [])));
      const column = { steps: Float64Array.from(steps), numbers, others: texts.size > 0 ? texts : null };
      return [[key, foldColumn(column, new Float64Array(steps.length))] as const];
    }),
  );
  const definitions = resolveDefinitions([parseDefinition({ name: 'a', summary: 'min,max,count' })]);
  return summaryDocument({ states, definitions, explicit: NO_EXPLICIT_VALUES });
}
