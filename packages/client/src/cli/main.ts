import { runCommand } from './run-command.ts';

// Whoever reads our output may stop early (`summa runs … | head`): then there is nothing left to do, and nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await runCommand(process.argv.slice(2));
