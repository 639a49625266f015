import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Consumer, createConsumer } from './support/consumer.ts';
import { copyPrograms, LOGGED_AND_QUERIED } from './support/log-and-query.ts';
import { mustRun, runProgram } from './support/run-program.ts';
import { installRuntime } from './support/runtimes.ts';

const server = inject('server');
let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer(inject('tarballs').client);
  await copyPrograms(consumer);
});
afterAll(() => consumer?.[Symbol.asyncDispose]());

const run = (command: string, ...args: string[]) =>
  mustRun(command, args, {
    cwd: consumer.folder,
    env: { SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey, SUMMA_SPOOL_DIR: join(consumer.folder, 'spool') },
  });

describe('the installed client', () => {
  it('brings no other package along', async () => {
    const { stdout } = await runProgram('npm', ['ls', '--all', '--json'], { cwd: consumer.folder });
    const { dependencies } = JSON.parse(stdout);
    expect(Object.keys(dependencies)).toEqual(['@summa/client']);
    expect(dependencies['@summa/client'].dependencies).toBeUndefined();
  });

  it('logs and queries in the Node that runs the tests', async () => {
    expect(JSON.parse(await run(process.execPath, 'main.mjs', 'here'))).toEqual(LOGGED_AND_QUERIED);
  });

  it.for([
    ['Node 24', 'node', []],
    ['Deno', 'deno', ['run', '--allow-all']],
    ['Bun', 'bun', ['run']],
  ] as const)('logs and queries in %s', async ([, name, options], { skip }) => {
    const runtime = await installRuntime(name);
    if ('missing' in runtime) return skip(runtime.missing);
    expect(JSON.parse(await run(runtime.command, ...options, 'main.mjs', name))).toEqual(LOGGED_AND_QUERIED);
  });

  it('has a command that helps', async () => {
    const summa = join(consumer.folder, 'node_modules/.bin/summa');
    const { code, stdout, stderr } = await runProgram(summa, ['--help'], { cwd: consumer.folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: summa <command>');
    expect(await mustRun(summa, ['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
