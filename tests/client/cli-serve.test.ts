import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSumma, startCommand } from '../support/cli-process.ts';

let dataDir: string;
let env: Record<string, string>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'summa-serve-'));
  await chmod(dataDir, 0o755);
  env = { SUMMA_DATA_DIR: join(dataDir, 'data'), SUMMA_LOG_LEVEL: 'silent', PORT: '0', DATABASE_URL: '' };
});
afterAll(() => rm(dataDir, { recursive: true }));

describe('the database of a server', () => {
  it('is made and brought up to date by summa migrate, once', async () => {
    const first = await runSumma(['migrate'], { env });
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('was brought up to date: ') });
    const second = await runSumma(['migrate'], { env });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/ is up to date\n$/) });
  });

  it('is served by summa serve, which SIGTERM ends cleanly', async () => {
    const serving = startCommand(['serve'], { env });
    let output = '';
    serving.child.stdout.on('data', (text: string) => (output += text));
    while (!/Schema\s+http\S+/.test(output) && serving.child.exitCode === null) await sleep(50);
    const [, url] = /Schema\s+(\S+)\/schema\.graphql/.exec(output) ?? [];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    serving.child.kill('SIGTERM');
    expect((await serving.ended).code).toBe(0);
  });

  it('that cannot be reached is named, and the exit code is 1', async () => {
    const failed = await runSumma(['migrate'], { env: { ...env, DATABASE_URL: 'postgresql://127.0.0.1:1/runs' } });
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be reached') });
  });
});
