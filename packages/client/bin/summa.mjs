#!/usr/bin/env node
import { existsSync } from 'node:fs';

const command = new URL('../dist/cli/run-command.js', import.meta.url);
if (existsSync(command)) {
  const { runCommand } = await import(command);
  process.exitCode = await runCommand(process.argv.slice(2));
} else {
  console.error('summa: not built yet; run `npm start` or `npm run build` in the checkout first.');
  process.exitCode = 1;
}
