import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmInstall } from './consumer.ts';
import { mustRun } from './run-program.ts';

/** What the packages are tried in beside the Node that runs the tests, from npm. */
const RUNTIMES = { node: 'node@24.21.0', deno: 'deno@2.9.6', bun: 'bun@1.4.5' };

/** A program that runs JavaScript, or why it could not be had. */
export type Runtime = { readonly command: string } | { readonly missing: string };

/** Installs a runtime once, in a folder of its own that is kept in the temporary folder. */
export async function installRuntime(name: keyof typeof RUNTIMES): Promise<Runtime> {
  const wanted = RUNTIMES[name];
  const folder = join(tmpdir(), `summa-runtime-${wanted.replace('@', '-')}`);
  const command = join(folder, 'node_modules/.bin', name);
  if (existsSync(command)) return { command };
  const unfinished = `${folder}.${process.pid}`;
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(unfinished);
    await writeFile(join(unfinished, 'package.json'), '{ "private": true }');
    await npmInstall(unfinished, [wanted]);
    await mustRun(join(unfinished, 'node_modules/.bin', name), ['--version']);
    await rename(unfinished, folder);
    return { command };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    return { missing: `${wanted} cannot be installed here: ${String(error)}` };
  }
}
