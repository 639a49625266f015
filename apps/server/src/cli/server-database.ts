import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { migrateDatabase } from '../database/migrate.ts';
import { StartError } from '../start-error.ts';

/** The database that the settings name: reachable, and of this version. */
export interface ServerDatabase {
  readonly url: string;
  /** Where the data lies, in words for people; never with a password. */
  readonly place: string;
  /** The migrations that were applied just now. */
  readonly applied: readonly string[];
  /** Opens the pool. */
  open(): Promise<Database>;
  /** Stops the Postgres of our own, if it is one; does nothing to a server of somebody else. */
  stop(): Promise<void>;
}

/**
 * Starts the Postgres of our own, or finds the one at `DATABASE_URL`, and brings it up to this version. A server that
 * does not answer is DATABASE_UNREACHABLE; one of a newer version DATABASE_NEWER. `onLost` is called when our own Postgres
 * has ended for good.
 */
export async function prepareDatabase(
  config: Config,
  log: Logger,
  onLost: (error: unknown) => void,
): Promise<ServerDatabase> {
  const server = await findServer(config, log, onLost);
  try {
    const applied = await migrate(server.url, server.place);
    if (applied.length > 0) log.info({ migrations: applied }, 'the database was brought up to this version');
    return {
      ...server,
      applied,
      open: () =>
        openDatabase({
          url: server.poolUrl,
          log,
          poolSize: config.databasePoolSize,
          statementTimeoutMs: config.statementTimeoutMs,
          preparedStatements: config.databasePrepared === 'on',
        }),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** `poolUrl` is the quickest way to the database that `url` names. */
async function findServer(config: Config, log: Logger, onLost: (error: unknown) => void) {
  if (config.databaseUrl !== undefined) {
    const url = config.databaseUrl;
    return { url, poolUrl: url, place: describeUrl(url), stop: async () => undefined };
  }
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log, onLost });
  return { url: postgres.url, poolUrl: postgres.socketUrl, place: postgres.root, stop: postgres.stop };
}

function describeUrl(text: string): string {
  const { hostname, port, pathname } = new URL(text);
  return `${pathname.slice(1) || 'the default database'} on ${hostname || 'localhost'}:${port || '5432'}`;
}

async function migrate(url: string, place: string): Promise<string[]> {
  try {
    return await migrateDatabase(url);
  } catch (error) {
    throw error instanceof StartError ? error : translateFailure(error, place);
  }
}

// What Postgres and the network say before the first statement succeeds: the address, the name or the password is wrong.
const UNREACHABLE = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|28|3D000|57P0|53300|08)/;

function translateFailure(cause: unknown, place: string): StartError {
  const { code = '', message } = cause as Error & { code?: string };
  const reason = (message || code).split('\n')[0];
  if (UNREACHABLE.test(code) || /timeout|terminated unexpectedly|SSL/i.test(message)) {
    return new StartError(
      'DATABASE_UNREACHABLE',
      `the database ${place} cannot be reached: ${reason}; check DATABASE_URL`,
      [],
      { cause },
    );
  }
  return new StartError(
    'MIGRATION_FAILED',
    `the database ${place} could not be brought up to this version, and is as it was: ${reason}`,
    [],
    { cause },
  );
}
