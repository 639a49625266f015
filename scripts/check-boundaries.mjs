// Shows that the import rules hold and are awake: a copy of the checkout passes them, and each deliberate breach fails.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quiet, root } from './prepare.mjs';

const BREACHES = [
  [
    'biome',
    'packages/core/src/breach.ts',
    "import { readFileSync } from 'node:fs';\nexport const text = readFileSync;\n",
  ],
  [
    'biome',
    'packages/core/src/breach.ts',
    "import { parseConfig } from '../../../apps/server/src/config.ts';\nexport const parse = parseConfig;\n",
  ],
  ['biome', 'apps/server/src/run/breach.ts', "import pg from 'pg';\nexport const pool = pg.Pool;\n"],
  [
    'biome',
    'apps/server/src/run/breach.ts',
    "import { PrismaClient } from '../database/generated/client.ts';\nexport const client = PrismaClient;\n",
  ],
  [
    'biome',
    'apps/server/src/run/breach.ts',
    "import { createHttpServer } from '../http/create-http-server.ts';\nexport const create = createHttpServer;\n",
  ],
  ['biome', 'apps/server/src/run/breach.ts', "import { door } from '../wandb/door.ts';\nexport const opened = door;\n"],
  [
    'biome',
    'apps/server/src/run/breach-store.ts',
    "import { builder } from '../graphql/builder.ts';\nexport const built = builder;\n",
  ],
  [
    'biome',
    'apps/server/src/database/breach.ts',
    "import { startRun } from '../run/start-run.ts';\nexport const start = startRun;\n",
  ],
  [
    'biome',
    'apps/server/src/graphql/breach.ts',
    "import { serve } from '../cli/serve.ts';\nexport const run = serve;\n",
  ],
  [
    'biome',
    'apps/web/src/format/breach.ts',
    "import { parseConfig } from '../../../server/src/config.ts';\nexport const parse = parseConfig;\n",
  ],
  [
    'biome',
    'apps/web/src/ui/breach.tsx',
    "import { useRunLooks } from '../runs/run-look-store.ts';\nexport const looks = useRunLooks;\n",
  ],
  [
    'turbo',
    'packages/client/src/breach.ts',
    "export { formatBytes } from '../../../apps/web/src/format/format-bytes.ts';\n",
  ],
  ['turbo', 'packages/core/src/breach.ts', "export { parseConfig } from '../../../apps/server/src/config.ts';\n"],
  [
    'turbo',
    'packages/client/src/breach.ts',
    "import { parseConfig } from '@summa/server';\nexport const parse = parseConfig;\n",
  ],
];

const copy = mkdtempSync(join(tmpdir(), 'summa-boundaries-'));
try {
  process.exitCode = checkAll() ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function checkAll() {
  copyCheckout();
  let passed = true;
  const report = (ok, what) => {
    passed &&= ok;
    process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${what}\n`);
  };
  const clean = run('turbo');
  report(clean.status === 0, 'turbo boundaries passes without a breach');
  if (clean.status !== 0) process.stdout.write(clean.output);
  for (const [tool, file, text] of BREACHES) {
    const what = `${tool} fires in ${file} for: ${text.split('\n')[0]}`;
    report(
      withFile(file, text, () => fires(tool, file)),
      what,
    );
  }
  return passed;
}

function fires(tool, file) {
  const { status, output } = run(tool, file);
  const rule = tool === 'biome' ? 'noRestrictedImports' : 'breach.ts';
  return status !== 0 && output.includes(rule);
}

function run(tool, file) {
  const command =
    tool === 'biome'
      ? [join(root, 'node_modules/.bin/biome'), 'lint', '--only=style/noRestrictedImports', file]
      : [join(copy, 'node_modules/.bin/turbo'), 'boundaries'];
  const [program, ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, ...quiet },
  });
  return { status, output: `${stdout}${stderr}` };
}

function withFile(file, text, check) {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  try {
    return check();
  } finally {
    rmSync(path);
  }
}

function copyCheckout() {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of stdout.split('\0')) {
    // A file that was deleted but not yet committed is still listed.
    if (file === '' || !existsSync(join(root, file))) continue;
    cpSync(join(root, file), join(copy, file), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // turbo needs a repository to know what belongs to the workspace.
  spawnSync('git', ['init', '-q'], { cwd: copy });
}
