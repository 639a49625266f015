import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian's package has it; `SUMMA_CHROMIUM` names another one. */
export const CHROMIUM = process.env.SUMMA_CHROMIUM || '/usr/bin/chromium';

/** Installs Debian's Chromium where there is none yet and we may. */
export default async function installChromium(): Promise<void> {
  if (await exists(CHROMIUM)) return;
  if (process.getuid?.() !== 0) {
    throw new Error(`There is no ${CHROMIUM}: install the package chromium, or name a browser with SUMMA_CHROMIUM`);
  }
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 2 ** 26 };
  const waiting = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...waiting, 'update', '-q'], options);
  await run('apt-get', [...waiting, 'install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
