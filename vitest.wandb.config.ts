import { defineConfig } from 'vitest/config';
import { source } from './vitest.config.ts';

// The tests with the real W&B client. They make a virtual environment of their own, which needs `python3` with `venv` and a
// package index, and so are no part of `npm test`.
export default defineConfig({
  ...source,
  test: {
    name: 'wandb',
    root: 'tests/wandb',
    include: ['**/*.test.ts'],
    globalSetup: ['../support/build-server.ts', './make-environment.ts'],
    testTimeout: 400_000,
    hookTimeout: 600_000,
    // Clients and servers mostly wait for each other; more at once would only make them slow.
    maxWorkers: 3,
    // The client has timers of its own: on a busy machine one of them may run out. What is broken fails twice.
    retry: 1,
  },
});
