// `npm start`: prepares the checkout and runs the server. Arguments after `--` are the server's: `npm start -- --help`.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare('build');

// Room for what a request makes and nobody needs a moment later: V8's own 16 MiB are full several times while one large `log` is read, and
// what is still in use then is moved to the old objects, which are looked through in longer pauses.
const flags = JSON.parse(readFileSync(join(root, 'apps/server/node-flags.json'), 'utf8'));
const main = join(root, 'apps/server/dist/main.js');
const server = spawn(process.execPath, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit' });

// The server stops in its own order; we only pass on what we are told and end as it ends.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('error', (error) => {
  process.stderr.write(`summa: the server could not be started: ${error.message}\n`);
  process.exit(1);
});
server.on('exit', (code, signal) => {
  if (signal !== null) process.stderr.write(`summa: the server was ended by ${signal}\n`);
  process.exit(code ?? 1);
});
