#!/usr/bin/env node
import { runProgram } from './cli/program.ts';

process.exitCode = await runProgram(process.argv.slice(2), process.env);

// Everything is closed by now. Should something still hold the process, it does not hold it for long.
setTimeout(() => process.exit(), 2_000).unref();
