import { defineConfig } from 'vitest/config';
import { source } from './vitest.config.ts';

// The tests that hold us against numpy and h5py. They make a virtual environment of their own, which needs `python3` 3.11
// or newer with `venv`, and so are no part of `npm test`.
export default defineConfig({
  ...source,
  test: {
    name: 'python',
    root: 'tests',
    include: ['python/**/*.test.ts'],
    globalSetup: ['./support/build-server.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
