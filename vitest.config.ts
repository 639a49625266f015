import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Runs that a test leaves open leave a spool: not in the home folder.
process.env.SUMMA_SPOOL_DIR ??= join(tmpdir(), 'summa-test-spools');

const conditions = ['@summa/source'];
const core = fileURLToPath(new URL('packages/core/src', import.meta.url));
/** How every test finds the sources of the packages. */
export const source = {
  resolve: {
    conditions,
    // The condition says the same, but vitest does not ask for it while it loads a globalSetup.
    alias: [
      { find: /^@summa\/core\/(.*)$/, replacement: `${core}/$1.ts` },
      // The file that Node itself takes, so that there is one graphql for our code and for what it depends on.
      { find: /^graphql$/, replacement: 'graphql/index.js' },
    ],
  },
  ssr: { resolve: { conditions } },
};

/** A test that hangs is ended; how busy the machine is decides nothing. */
const patient = { testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Tests wait for databases and servers as much as they work.
    maxWorkers: 2,
    projects: [
      { ...source, test: { ...patient, name: 'core', root: 'packages/core', include: ['src/**/*.test.ts'] } },
      { ...source, test: { ...patient, name: 'client', root: 'packages/client', include: ['src/**/*.test.ts'] } },
      { ...source, test: { ...patient, name: 'schema', root: 'packages/schema', include: ['src/**/*.test.ts'] } },
      { ...source, test: { ...patient, name: 'web', root: 'apps/web', include: ['src/**/*.test.ts'] } },
      {
        ...source,
        test: {
          name: 'server',
          root: 'apps/server',
          include: ['src/**/*.test.ts'],
          globalSetup: ['src/testing/global-setup.ts'],
          ...patient,
        },
      },
      {
        ...source,
        test: {
          name: 'tests',
          root: 'tests',
          globalSetup: ['support/build-server.ts'],
          include: ['**/*.test.ts'],
          // These need Python, a browser or a registry: `npm run test:python`, `test:wandb`, `test:web` and `test:packaging`.
          exclude: ['**/node_modules/**', 'packaging/**', 'python/**', 'wandb/**', 'web/**'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
