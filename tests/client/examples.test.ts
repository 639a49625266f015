import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIGITS_RUNS, digitsFile, digitsRows } from '../support/digits.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const LEADERBOARD = fileURLToPath(new URL('../../examples/leaderboard/', import.meta.url));
const CLI = fileURLToPath(new URL('../../packages/client/src/cli/main.ts', import.meta.url));

let server: SummaProcess;
beforeAll(async () => {
  server = await startSumma();
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('the leaderboard', () => {
  it('is some twenty lines', async () => {
    const text = await readFile(`${LEADERBOARD}leaderboard.ts`, 'utf8');
    expect(text.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(25);
  });

  it('prints the best run first, and fails when the newest one is worse', async () => {
    const best = new Map<string, number>();
    const log = async (name: string) => {
      const config = JSON.parse(await readFile(digitsFile(`${name}.config.json`), 'utf8'));
      const run = await createClient({ url: server.url, apiKey: server.apiKey }).startRun({
        project: 'digits',
        name,
        config,
      });
      const rows = await digitsRows(name);
      for (const { _step, _timestamp, ...values } of rows) run.log(values as Record<string, number>, { step: _step });
      await run.finish();
      best.set(name, Math.max(...rows.map((row) => Number(row['val/acc'] ?? 0))));
    };
    for (const name of DIGITS_RUNS.filter((run) => run !== 'sgd-diverged')) await log(name);
    const ranked = [...best].sort(([, a], [, b]) => b - a).map(([name]) => name);
    const good = await run(['leaderboard.ts']);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect([...good.stdout.matchAll(/'((?:adam|sgd)-\w+)'/g)].map(([, name]) => name)).toEqual(ranked);

    await log('sgd-diverged');
    const regressed = await run(['leaderboard.ts']);
    expect(regressed.code).toBe(1);
    expect(regressed.stderr).toContain(
      `sgd-diverged regressed: val/acc 0.1000, ${ranked[0]} has ${best.get(ranked[0] ?? '')?.toFixed(4)}`,
    );
  });

  it('has the types that summa codegen writes of these runs', async () => {
    const checked = await run([CLI, 'codegen', '--project', 'digits', '--out', 'digits.ts', '--check']);
    expect(checked).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

function run(args: readonly string[]) {
  const child = spawn(process.execPath, ['--conditions=@summa/source', '--import', 'tsx', ...args], {
    env: { ...process.env, SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey },
    cwd: LEADERBOARD,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return ended(child);
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
