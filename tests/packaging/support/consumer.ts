import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from './run-program.ts';

/** A folder outside the checkout with packages installed by npm, as somebody has who uses ours. */
export interface Consumer {
  readonly folder: string;
  /** Writes a file into the folder and returns its path. */
  write(name: string, text: string): Promise<string>;
  /** Installs more packages. */
  install(...packages: readonly string[]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes an empty folder and installs these packages (names with versions, or tarballs) into it. */
export async function createConsumer(...packages: readonly string[]): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'summa-consumer-'));
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  await write('package.json', '{ "private": true, "type": "module" }');
  await npmInstall(folder, packages);
  const install = (...more: readonly string[]) => npmInstall(folder, more);
  return { folder, write, install, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Installs packages into a folder that has a package.json. */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  if (packages.length === 0) return;
  const quietly = ['--no-audit', '--no-fund', '--no-update-notifier', '--prefer-offline', '--loglevel=error'];
  await mustRun('npm', ['install', ...quietly, ...packages], { cwd: folder });
}
