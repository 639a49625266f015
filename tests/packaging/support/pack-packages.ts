import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { mustRun } from './run-program.ts';

/** The tarballs of what we publish, by the package's folder. */
export interface Tarballs {
  readonly client: string;
  readonly schema: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    tarballs: Tarballs;
  }
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');

/** Builds and packs the packages once for all tests, as `pnpm publish` would. */
export default async function packPackages({ provide }: TestProject): Promise<() => Promise<void>> {
  const env = { PATH: `${BIN}${delimiter}${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1' };
  const filters = ['--filter=@summa/client', '--filter=@summa/schema', '--output-logs=errors-only', '--ui=stream'];
  await mustRun(join(BIN, 'turbo'), ['run', 'build', ...filters], { cwd: ROOT, env });
  const folder = await mkdtemp(join(tmpdir(), 'summa-packed-'));
  const pack = async (name: keyof Tarballs) => {
    const target = join(folder, name);
    await mustRun(join(BIN, 'pnpm'), ['pack', '--pack-destination', target], {
      cwd: join(ROOT, 'packages', name),
      env,
    });
    const [tarball = ''] = await readdir(target);
    return join(target, tarball);
  };
  provide('tarballs', { client: await pack('client'), schema: await pack('schema') });
  return () => rm(folder, { recursive: true, force: true });
}
