import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockSpool } from './lock-spool.ts';
import { thisProcess } from './process-identity.ts';

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'summa-lock-test-')), 'a.spool');
});
afterEach(() => rm(join(path, '..'), { recursive: true, force: true }));

it('gives a spool to one at a time, and again when it was let go', async () => {
  const lock = await lockSpool(path);
  expect(await lockSpool(path)).toBeNull();
  await lock?.[Symbol.asyncDispose]();
  expect(existsSync(`${path}.lock`)).toBe(false);
  expect(await lockSpool(path)).not.toBeNull();
});

it('takes a spool from a process that has ended', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(`${path}.lock`, JSON.stringify({ ...thisProcess(), pid }));
  expect(await lockSpool(path)).not.toBeNull();
  expect(await lockSpool(path)).toBeNull();
});

it('takes a spool whose lock was never written whole', async () => {
  await writeFile(`${path}.lock`, '{"host":');
  const before = new Date(Date.now() - 60_000);
  await utimes(`${path}.lock`, before, before);
  expect(await lockSpool(path)).not.toBeNull();
});

it('is not told that somebody has the spool of a sync that was killed a moment ago, while it wrote its lock', async () => {
  await writeFile(`${path}.lock`, '');
  expect(await lockSpool(path)).not.toBeNull();
});

it('leaves a spool to who is just writing its lock', async () => {
  await writeFile(`${path}.lock`, '');
  const lock = lockSpool(path);
  await writeFile(`${path}.lock`, JSON.stringify(thisProcess()));
  expect(await lock).toBeNull();
});
