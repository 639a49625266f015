import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import pino from 'pino';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { migrateDatabase } from '../database/migrate.ts';
import { runAsAdmin } from './run-as-admin.ts';
import { createTestFolder } from './test-folder.ts';

/** The Postgres server of one test run. */
export interface TestServer {
  /** A connection that may create databases. */
  readonly adminUrl: string;
  /** A migrated database to copy. */
  readonly template: string;
}

/**
 * Starts the Postgres of a test run and migrates the template, or uses the server at `SUMMA_TEST_DATABASE_URL` (a URL
 * that may create databases). `stop` removes all of it.
 */
export async function startTestServer(): Promise<TestServer & { stop(): Promise<void> }> {
  const external = process.env.SUMMA_TEST_DATABASE_URL;
  const server = external === undefined ? await startTemporaryPostgres() : { adminUrl: external, stop: async () => {} };
  const template = `template_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(server.adminUrl, `CREATE DATABASE ${template} TEMPLATE template0`);
  const url = new URL(server.adminUrl);
  url.pathname = `/${template}`;
  await migrateDatabase(url.href);
  return {
    adminUrl: server.adminUrl,
    template,
    async stop() {
      if (external !== undefined) await runAsAdmin(external, `DROP DATABASE ${template} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function startTemporaryPostgres() {
  const dataDir = await createTestFolder('test');
  const postgres = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }), durable: false });
  return {
    adminUrl: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
