import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');

/** Builds server and client where their sources have changed: what these tests start is the product, as `npm start` runs it. */
export default async function buildServer(): Promise<void> {
  const turbo = join(ROOT, 'node_modules/turbo/bin/turbo');
  await promisify(execFile)(
    process.execPath,
    [
      turbo,
      'run',
      'build',
      '--filter=@summa/server',
      '--filter=@summa/client',
      '--output-logs=errors-only',
      '--ui=stream',
    ],
    {
      cwd: ROOT,
      maxBuffer: 2 ** 26,
      env: { ...process.env, PATH: `${BIN}:${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1' },
    },
  );
}
