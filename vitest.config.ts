import { defineConfig } from 'vitest/config';

const conditions = ['@summa/source'];
const source = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  test: {
    projects: [
      { ...source, test: { name: 'core', root: 'packages/core', include: ['src/**/*.test.ts'] } },
      { ...source, test: { name: 'client', root: 'packages/client', include: ['src/**/*.test.ts'] } },
      {
        ...source,
        test: { name: 'server', root: 'apps/server', include: ['src/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
      },
    ],
  },
});
