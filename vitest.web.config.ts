import { defineConfig } from 'vitest/config';
import { source } from './vitest.config.ts';

// The tests of the web app in a real Chromium, which needs a browser of Debian's, and so are no part of `npm test`.
export default defineConfig({
  ...source,
  test: {
    name: 'web',
    root: 'tests/web',
    include: ['**/*.test.ts'],
    globalSetup: ['../support/build-server.ts', './support/install-chromium.ts'],
    testTimeout: 60_000,
    // What a page shows comes when the machine gets to it.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    // Browsers and servers mostly wait for each other; more at once would only make them slow.
    maxWorkers: 2,
    // A browser has timers of its own: on a busy machine one of them may run out. What is broken fails twice.
    retry: 1,
  },
});
