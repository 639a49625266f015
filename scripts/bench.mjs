// `npm run bench`: prepares the checkout and measures. `npm run bench -- --only history-lines`, `npm run bench -- --quick`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, quiet, root } from './prepare.mjs';

prepare('build');

const tsx = ['--conditions=@summa/source', '--import', 'tsx'];
const { status } = spawnSync(
  process.execPath,
  [...tsx, join(root, 'tests/bench/run-bench.ts'), ...process.argv.slice(2)],
  {
    cwd: join(root, 'tests'),
    stdio: 'inherit',
    env: { ...process.env, ...quiet },
  },
);
process.exit(status ?? 1);
