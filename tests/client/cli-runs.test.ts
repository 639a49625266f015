import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandEnvironment, runSumma, SUMMA_ARGUMENTS } from '../support/cli-process.ts';
import { DIGITS_RUNS, digitsFile, digitsRows } from '../support/digits.ts';
import { makeRuns } from '../support/many-runs.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
beforeAll(async () => {
  server = await startSumma();
  const files = DIGITS_RUNS.map((run) => digitsFile(`${run}.jsonl`));
  const args = [...files, '--project', 'digits', '--config', digitsFile('*.config.json'), '--tag', 'sweep'];
  expect(await runSumma(['import', ...args], { server })).toMatchObject({ code: 0 });
  await makeRuns(server, 1_200);
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('summa runs', () => {
  it('lists the runs that match in order, by the statistics of their rows', async () => {
    const filter = 'lr<0.1 and state=finished and tags contains sweep';
    const { code, stdout } = await summa(
      'runs',
      'admin/digits',
      '-f',
      filter,
      '-s',
      '-val/acc:max',
      '-c',
      'name,lr,val/acc:max',
      '--json',
    );
    expect(code).toBe(0);
    const expected = await Promise.all(
      ['adam-small', 'adam-wide', 'sgd-slow', 'sgd-small'].map(async (name) => ({
        name,
        max: Math.max(...(await accuracies(name)).map(({ value }) => value)),
      })),
    );
    const sorted = expected.toSorted((a, b) => b.max - a.max);
    const listed: { name: string; 'val/acc:max': number }[] = JSON.parse(stdout);
    expect(listed.map((run) => run.name)).toEqual(sorted.map(({ name }) => name));
    for (const [i, run] of listed.entries()) expect(run['val/acc:max']).toBeCloseTo(sorted[i]?.max ?? 0, 12);
  });

  it('prints a table whose numbers stand below each other', async () => {
    const { stdout, stderr } = await summa('runs', 'digits', '-s', 'name', '-c', 'name,state,lr,batch,optimizer');
    expect([stdout, stderr]).toEqual([`${TABLE.join('\n')}\n`, '']);
  });

  it('without columns shows the run and the first values of config and summary', async () => {
    const { stdout } = await summa('runs', 'digits');
    const [header = '', ...rows] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^name +state +createdAt +lastStep +batch +epochs +hidden +config\.lr +epoch +summary\.lr /);
    expect(rows).toHaveLength(DIGITS_RUNS.length);
  });

  it('gives everything about every run as JSON, with "NaN" for what JSON lacks', async () => {
    const { stdout } = await summa('runs', 'digits', '--json', '-f', 'name=sgd-diverged');
    const [run, ...others] = JSON.parse(stdout);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      ...{
        entity: 'admin',
        project: 'digits',
        name: 'sgd-diverged',
        state: 'FINISHED',
        user: 'admin',
        tags: ['sweep'],
      },
      config: { lr: 3_000_000, hidden: 64, optimizer: 'sgd' },
      summary: { 'train/loss': 'NaN', 'val/per_class': { 0: 1, 1: 0 } },
    });
  });

  it('gives CSV with all digits', async () => {
    const last = (await digitsRows('sgd-small')).at(-1);
    const { stdout } = await summa(
      'runs',
      'digits',
      '--csv',
      '-f',
      'name=sgd-small',
      '-c',
      'name,tags,lr,train/loss:last',
    );
    expect(stdout).toBe(`name,tags,lr,train/loss:last\r\nsgd-small,"[""sweep""]",0.05,${last?.['train/loss']}\r\n`);
  });

  it('shows 50 in a table and says how many there are; all of them as JSON, each once', async () => {
    const table = await summa('runs', 'many');
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(51);
    expect(table.stderr).toBe('50 of 1,200 runs; --limit shows more.\n');
    const listed: { name: string; 'm0:max': number }[] = JSON.parse(
      (await summa('runs', 'many', '-c', 'name,m0:max', '--json')).stdout,
    );
    expect(listed.map((run) => run['m0:max']).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 1_200 }, (_, i) => 2 * i),
    );
    const some = JSON.parse((await summa('runs', 'many', '--json', '--limit', '3')).stdout);
    expect(some).toHaveLength(3);
  });

  it('takes a key that config and summary have for the one of the config, unless told otherwise', async () => {
    const { stdout } = await summa(
      'runs',
      'digits',
      '-c',
      'lr,config.lr,summary.lr:count',
      '-f',
      'name=sgd-small',
      '--csv',
    );
    expect(stdout).toBe('lr,config.lr,summary.lr:count\r\n0.05,0.05,660\r\n');
  });

  it.each([
    ['lrr<0.1', 'no run of admin/digits has a key "lrr"; did you mean "lr"?'],
    ['lr<', 'expected a value behind "<"\n  lr<\n     ^'],
    ['lr > true', 'in "lr > true": booleans have no order; use eq'],
  ])('exits with 2 for the filter %s and says what is wrong', async (filter, problem) => {
    expect(await summa('runs', 'digits', '--filter', filter)).toMatchObject({
      ...{ code: 2, stdout: '', stderr: `summa: ${problem}\nTry: summa runs --help\n` },
    });
  });

  it('says that there is no such project, and exits with 1', async () => {
    for (const format of [[], ['--json'], ['--csv']]) {
      const { code, stdout, stderr } = await summa('runs', 'admin/none', ...format);
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('PROJECT_NOT_FOUND')]);
    }
  });

  it('is content when its reader stops early', async () => {
    const child = spawn(process.execPath, [...SUMMA_ARGUMENTS, 'runs', 'many', '--csv'], {
      env: commandEnvironment(server),
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([0, '']);
  });
});

// `script` gives a command a terminal of its own.
describe.runIf(existsSync('/usr/bin/script'))('summa runs on a terminal', () => {
  it('stays within its width, paints, and says what found no room', async () => {
    const { lines, screen } = await onTerminal(60, {});
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    expect(lines[0]).toMatch(/^name +state +createdAt +lastStep/);
    expect(screen).toContain('\u001b[1m');
    expect(screen).toMatch(/\d more columns found no room; --columns chooses\./);
  });

  it('paints nothing when NO_COLOR is set', async () => {
    const { screen } = await onTerminal(200, { NO_COLOR: '1' });
    expect(screen).not.toContain('\u001b');
    expect(screen).not.toContain('found no room');
  });
});

describe('summa run', () => {
  it('shows a run with its config, its summary and the statistics of its metrics', async () => {
    const { code, stdout, stderr } = await summa('run', 'admin/digits/sgd-diverged');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^admin\/digits\/sgd-diverged\n {2}state +finished\n/);
    expect(stdout).toMatch(/^Config *\n(.*\n)*lr +3000000$/m);
    expect(stdout).toMatch(/^Summary *\n(.*\n)*train\/loss +NaN$/m);
    expect(stdout).toMatch(/^Metrics +last +min +at +max +at +mean +stddev +count +NaN$/m);
    expect(stdout).toMatch(/^train\/loss +NaN +2\.328 .* 516 +514$/m);
  });

  it('gives all of it as JSON, with the numbers of the rows', async () => {
    const { stdout } = await summa('run', 'digits/adam-small', '--json', '--metrics', 'val/acc');
    const { name, config, metrics } = JSON.parse(stdout);
    expect([name, config.optimizer, metrics.length]).toEqual(['adam-small', 'adam', 1]);
    const logged = await accuracies('adam-small');
    const [least, greatest] = [Math.min, Math.max].map((most) => most(...logged.map(({ value }) => value)));
    const stepOf = (wanted: number | undefined) => logged.find(({ value }) => value === wanted)?.step;
    expect(metrics[0]).toMatchObject({
      ...{ key: 'val/acc', count: logged.length, min: least, minStep: stepOf(least), max: greatest },
      ...{ maxStep: stepOf(greatest), last: logged.at(-1)?.value, nanCount: 0 },
    });
  });

  it('says that there is no such run, and what a run looks like', async () => {
    expect(await summa('run', 'digits/none')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no run none in admin/digits'),
    });
    expect(await summa('run', 'none')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"entity/project/run"'),
    });
  });
});

/** Laid out by hand from the configs of the six runs. */
const TABLE = [
  'name          state              lr  batch  optimizer',
  'adam-small    finished        0.003     32  adam',
  'adam-wide     finished        0.001     64  adam',
  'sgd-diverged  finished  3000000         32  sgd',
  'sgd-slow      finished        0.002    128  sgd',
  'sgd-small     finished        0.05      64  sgd',
  'sgd-wide      finished        0.1       64  sgd',
];

/** What a terminal of this many columns shows of the runs of digits: all of it, and its lines without paint. */
async function onTerminal(columns: number, env: Record<string, string>) {
  const command = [process.execPath, ...SUMMA_ARGUMENTS, 'runs', 'digits'].map((part) => `'${part}'`).join(' ');
  const child = spawn('/usr/bin/script', ['-qefc', `stty cols ${columns}; ${command}`, '/dev/null'], {
    env: { ...commandEnvironment(server), TERM: 'xterm-256color', ...env },
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let screen = '';
  child.stdout.on('data', (text: Buffer) => (screen += text.toString()));
  expect(await once(child, 'close')).toEqual([0, null]);
  return { screen, lines: stripVTControlCharacters(screen).split('\r\n') };
}

/** What a run logged as val/acc, in the order of its steps. */
async function accuracies(run: string): Promise<{ readonly step: number; readonly value: number }[]> {
  const rows = (await digitsRows(run)).filter((row) => 'val/acc' in row);
  return rows.map((row) => ({ step: row._step, value: Number(row['val/acc']) }));
}

function summa(...args: string[]) {
  return runSumma(args, { server });
}
