#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main);
} else {
  console.error('summa: not built yet; run `npm start` or `npm run build` in the checkout first.');
  process.exitCode = 1;
}
