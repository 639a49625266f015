// `npm test`: prepares the checkout and runs every test that needs no browser and no Python. Arguments are vitest's:
// `npm test -- --project core`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, quiet, root } from './prepare.mjs';

// The tests need what the packages generate, and what the server and the client build; the web app has tests of its own.
prepare('generate', '@summa/server#build', '@summa/client#build');

const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...quiet },
});
process.exit(status ?? 1);
