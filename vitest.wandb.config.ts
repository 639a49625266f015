import { defineConfig } from 'vitest/config';

// The tests with the real W&B client. They need Python and a package index, so they are no part of `npm test`.
const conditions = ['@summa/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root: 'tests/wandb',
    include: ['**/*.test.ts'],
    globalSetup: ['./make-environment.ts'],
    testTimeout: 400_000,
    hookTimeout: 600_000,
  },
});
