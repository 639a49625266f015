import { defineConfig } from 'vitest/config';
import { source } from './vitest.config.ts';

// The packages as they are published: packed, installed from the tarballs into empty folders, and used there in Node, browsers, Deno
// and Bun. They need a package registry and a Chromium, and so are no part of `npm test`.
export default defineConfig({
  ...source,
  test: {
    name: 'packaging',
    root: 'tests/packaging',
    include: ['**/*.test.ts'],
    globalSetup: [
      '../support/build-server.ts',
      '../web/support/install-chromium.ts',
      './support/pack-packages.ts',
      './support/share-server.ts',
    ],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
