import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient, type SummaClient } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIGITS_RUNS, digitsFile, expectedMetrics } from '../support/digits.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const TESTS = fileURLToPath(new URL('..', import.meta.url));
const MAIN = fileURLToPath(new URL('../../packages/client/src/cli/main.ts', import.meta.url));
const TSC = join(TESTS, 'node_modules/.bin/tsc');

let server: SummaProcess;
let client: SummaClient;
let folder: string;
beforeAll(async () => {
  server = await startSumma();
  client = createClient({ url: server.url, apiKey: server.apiKey });
  // Among the tests, so that the compiler finds @summa/client as it does for them.
  folder = await mkdtemp(join(TESTS, 'client/codegen-'));
  const files = DIGITS_RUNS.map((run) => digitsFile(`${run}.jsonl`));
  const imported = summa(['import', ...files, '-p', 'digits', '-c', digitsFile('*.config.json')]);
  expect(await imported.ended).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('summa codegen', () => {
  it('writes what runs have logged, each key with its kind and definition', async () => {
    await logVision();
    const { code, stdout } = await summa(['codegen', '--project', 'vision']).ended;
    expect([code, stdout]).toEqual([0, VISION]);
    await writeFile(join(folder, 'vision.ts'), stdout);
    const keys = `import type { Vision } from './vision.ts';
      export const keys: (keyof Vision['summary'])[] = ['val.top\\\\.5', 'best_accuracy', 'train/loss'];
      export const row: Vision['row'] = { val: { 'top.5': 1 }, note: 'text' };
      export const config: Vision['config'] = { seed: 1, optimizer: { betas: [0.9] }, 'a.b': 1, "it's": true };`;
    expect(await compile('keys', keys)).toEqual({ code: 0, stdout: '' });
  });

  it('has a type for every metric of the digits runs, and for every key of their configs', async () => {
    const { stdout } = await summa(['codegen', '--project', 'admin/digits', '--name', 'Vision']).ended;
    const logged = new Set([
      '_runtime', // a metric like any other
      ...(await Promise.all(DIGITS_RUNS.map(expectedMetrics))).flatMap((metrics) => [...metrics.keys()]),
    ]);
    expect(keysOf(stdout, 'VisionMetrics')).toEqual([...logged].sort());
    const config = JSON.parse(await readFile(digitsFile('adam-small.config.json'), 'utf8'));
    expect(keysOf(stdout, 'VisionConfig')).toEqual(Object.keys(config).sort());
  });

  it('gives types that the compiler holds a script against: a misspelt metric is named with what to do', async () => {
    await generate('digits');
    expect(await compile('right', script('val/acc'))).toEqual({ code: 0, stdout: '' });
    const misspelt = await compile('wrong', script('val/ac'));
    expect(misspelt.code).not.toBe(0);
    expect(misspelt.stdout).toContain('wrong.ts(6,');
    expect(misspelt.stdout).toMatch(/no run of this project has logged val\/ac\b/);
  });

  it('leaves a file alone that is up to date', async () => {
    const file = await generate('digits');
    const { mtimeMs } = await stat(file);
    const again = await summa(['codegen', '-p', 'digits', '-o', file]).ended;
    expect(again).toEqual({ code: 0, stdout: `${file}: up to date\n`, stderr: '' });
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  });

  it('checks a file: fails with what changed once a run logs something new', async () => {
    const file = join(folder, 'moving.ts');
    await logOne('moving', { loss: 1 });
    const check = ['codegen', '-p', 'moving', '--check', '-o', file];
    expect(await summa(check).ended).toMatchObject({ code: 1, stderr: expect.stringContaining('does not exist') });
    await summa(['codegen', '-p', 'moving', '-o', file]).ended;
    expect(await summa(check).ended).toEqual({ code: 0, stdout: '', stderr: '' });
    await logOne('moving', { loss: 1, accuracy: 2 });
    const { code, stderr } = await summa(check).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('\n+ accuracy?: number;');
    expect(stderr).toContain(`To write it: summa codegen --project moving --out ${file}`);
    expect(stderr).not.toContain('loss');
    expect(await readFile(file, 'utf8')).not.toContain('accuracy');
  });

  it('watches: writes again when something new was logged, and ends with Ctrl-C', async () => {
    const file = join(folder, 'watched.ts');
    await logOne('watched', { loss: 1 });
    const watch = summa(['codegen', '-p', 'watched', '-o', file, '--watch', '--interval', '0.1']);
    await fileHas(file, 'loss');
    await logOne('watched', { accuracy: 2 });
    await fileHas(file, 'accuracy');
    watch.child.kill('SIGINT');
    expect(await watch.ended).toEqual({ code: 0, stdout: `${file}: written\n`.repeat(2), stderr: '' });
  });

  it.each([
    [['codegen'], '--project is missing'],
    [['codegen', '-p', 'digits', '--check'], '--check needs --out'],
    [['codegen', '-p', 'digits', '-n', '1st'], '--name "1st"'],
  ])('says how %j is wrong, and exits with 2', async (args, message) => {
    expect(await summa(args).ended).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  it('names the folder that is not there', async () => {
    const { code, stderr } = await summa(['codegen', '-p', 'digits', '-o', join(folder, 'none/vision.ts')]).ended;
    expect([code, stderr]).toEqual([
      1,
      `summa: ${join(folder, 'none/vision.ts')} cannot be written: there is no folder ${join(folder, 'none')}\n`,
    ]);
  });

  it('says that there is no such project', async () => {
    const none = await summa(['codegen', '-p', 'none']).ended;
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('PROJECT_NOT_FOUND') });
  });
});

async function logVision(): Promise<void> {
  const config = { optimizer: { lr: 0.1, betas: [0.9, 0.99] }, "it's": true, 'a.b': 1, seed: 2n ** 60n };
  const first = await client.startRun({ project: 'vision', config });
  first.defineMetric('val.*', { summary: 'best', goal: 'maximize' });
  first.defineMetric('*/loss', { summary: ['min', 'p95'], stepMetric: 'epoch' });
  first.log({
    'train/loss': 1,
    epoch: 0,
    val: { acc: 0.5, 'top.5': 0.9 },
    note: 'text',
    weights: new Float32Array(100),
  });
  first.summary.set('best_accuracy', 0.9);
  await first.finish();
  const second = await client.startRun({ project: 'vision', config: { seed: 1, optimizer: 'sgd' } });
  second.log({ note: 3, 'train/loss': 2 });
  await second.finish();
}

async function logOne(project: string, values: Record<string, number>): Promise<void> {
  const run = await client.startRun({ project });
  run.log(values);
  await run.finish();
}

/** Line 6 logs. */
const script = (metric: string) => `import { createClient } from '@summa/client';
import type { Digits } from './digits.ts';

const digits = createClient().project<Digits>('digits');
await using run = await digits.startRun({ config: { batch: 1, epochs: 1, hidden: 1, lr: 1, optimizer: 'adam', parameters: 1, seed: 1 } });
run.log({ 'train/loss': 1, '${metric}': 0.9, 'val/per_class': { '0': 1 } });
for await (const { summary } of digits.runs({ summary: ['val/acc'] })) console.log(summary['val/acc']?.max);
`;

async function generate(project: string): Promise<string> {
  const file = join(folder, `${project}.ts`);
  expect(await summa(['codegen', '-p', project, '-o', file]).ended).toMatchObject({ code: 0, stderr: '' });
  return file;
}

async function compile(name: string, text: string) {
  await writeFile(join(folder, `${name}.ts`), text);
  const config = { extends: '../../tsconfig.json', include: [], files: [`${name}.ts`] };
  await writeFile(join(folder, `${name}.json`), JSON.stringify(config));
  const { code, stdout } = await ended(spawn(TSC, ['-p', `${name}.json`], { cwd: folder }));
  return { code, stdout };
}

async function fileHas(file: string, text: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await readFile(file, 'utf8').catch(() => '')).includes(text)) return;
    await sleep(50);
  }
  throw new Error(`${file} never had ${text}`);
}

function keysOf(module: string, name: string): string[] {
  const body = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, 'ms').exec(module)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(?:'(.*)'|(\w+))\??: /gm)].map(([, quoted, bare = '']) => quoted ?? bare);
}

function summa(args: readonly string[]) {
  const child = spawn(process.execPath, ['--conditions=@summa/source', '--import', 'tsx', MAIN, ...args], {
    env: { ...process.env, SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey },
    cwd: TESTS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, ended: ended(child) };
}

async function ended(child: ChildProcess) {
  const written = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => {
    written.stdout += text;
  });
  child.stderr?.on('data', (text) => {
    written.stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, ...written };
}

const VISION = `// Written by \`summa codegen --project admin/vision\`: run it again instead of editing.
import type { JsonObject, JsonValue } from '@summa/client';

/** What runs of admin/vision have: \`client.project<Vision>('admin/vision')\`. */
export interface Vision {
  config: VisionConfig;
  configValues: VisionConfigValues;
  row: VisionRow;
  metrics: VisionMetrics;
  summary: VisionSummary;
  definitions: VisionDefinitions;
}

/** What a run is started with. */
export interface VisionConfig {
  /** number, in some runs */
  'a.b'?: number;
  /** boolean, in some runs */
  'it\\'s'?: boolean;
  /** text, in some runs */
  optimizer?: string | {
    /** list, in some runs */
    betas?: readonly JsonValue[];
    /** number, in some runs */
    lr?: number;
  };
  /** number */
  seed: number;
}

/** The config by key. */
export interface VisionConfigValues {
  /** number, in some runs */
  'a\\\\.b'?: number;
  /** boolean, in some runs */
  'it\\'s'?: boolean;
  /** text, in some runs */
  optimizer?: string;
  /** list, in some runs */
  'optimizer.betas'?: readonly JsonValue[];
  /** number, in some runs */
  'optimizer.lr'?: number;
  /** number */
  seed: number;
}

/** What one step may log: names below a name stand in an object of their own. */
export interface VisionRow {
  /** number */
  epoch?: number;
  /** number or text */
  note?: number | string;
  /** number; shows min, p95; over epoch; by *\\/loss */
  'train/loss'?: number;
  val?: {
    /** number; shows best; maximize; by val.* */
    acc?: number;
    /** number; shows best; maximize; by val.* */
    'top.5'?: number;
  };
  /** object */
  weights?: JsonObject;
}

/** Metrics by key. */
export interface VisionMetrics {
  /** number, in some runs */
  epoch?: number;
  /** number or text */
  note: number | string;
  /** number; shows min, p95; over epoch; by *\\/loss */
  'train/loss': number;
  /** number, in some runs; shows best; maximize; by val.* */
  'val.acc'?: number;
  /** number, in some runs; shows best; maximize; by val.* */
  'val.top\\\\.5'?: number;
  /** object, in some runs */
  weights?: JsonObject;
}

/** What the summary has by key: the metrics, and what was set by hand. */
export interface VisionSummary extends VisionMetrics {
  /** number, in some runs; set by hand */
  best_accuracy?: number;
}

/** What is defined of metrics, by key or glob. */
export interface VisionDefinitions {
  '*/loss': { summary: ['min', 'p95']; stepMetric: 'epoch' };
  'val.*': { summary: ['best']; goal: 'maximize' };
}
`;
