// `npm start`: prepares the checkout and runs the server. Arguments after `--` are the server's: `npm start -- --help`.
import { spawn } from 'node:child_process';
import { prepare } from './prepare.mjs';
// biome-ignore lint/correctness/useImportExtensions: the script's own module, which Node runs as it is
import { serverCommand } from './server-command.mjs';

prepare('build');

const server = spawn(...serverCommand(process.argv.slice(2)), { stdio: 'inherit' });

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
