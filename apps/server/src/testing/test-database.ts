import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { runAsAdmin } from './run-as-admin.ts';
import type { TestServer } from './test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

/** A database of one test file: migrated, empty, and alone. */
export interface TestDatabase {
  readonly url: string;
  /** Closes what is still connected to it and removes it. */
  drop(): Promise<void>;
}

/**
 * Makes a database for a test file: by default a copy of the migrated template (some 50 ms), or with
 * `{ migrated: false }` one without a single table. The vitest project needs `testing/global-setup.ts`.
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const { adminUrl, template } = inject('testServer');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${migrated ? template : 'template0'}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => runAsAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
