import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Logger } from 'pino';
import { PrismaClient } from './generated/client.ts';
import { rowTypes } from './row-types.ts';
import { nameStatements } from './statement-names.ts';
import { UnnamedClient } from './unnamed-client.ts';

/** The database as the server uses it: Prisma and hand-written SQL on one and the same pool. */
export interface Database {
  /**
   * For the SQL of the `*-store.ts` files. int8 comes back as a number (an error beyond 2^53), bytea as a Buffer,
   * timestamps as Dates.
   */
  readonly pool: pg.Pool;
  /** For everything relational. BigInt columns come back as bigint, Bytes as Uint8Array. */
  readonly prisma: PrismaClient;
  /** Waits for the statements in flight, then closes every connection. Calling it again is harmless. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A `postgresql://` URL. */
  url: string;
  log: Logger;
  /** Connections at most; 10 unless told. */
  poolSize?: number;
  /** How long a request waits for a free connection before it fails; 10,000 unless told. */
  connectTimeoutMs?: number;
  /** How long one statement may run on the server; 30,000 unless told, 0 for no bound. */
  statementTimeoutMs?: number;
  /** Off behind a pooler that cannot keep prepared statements (PgBouncer before 1.21 in transaction mode). */
  preparedStatements?: boolean;
}

/** Opens the pool, proves with one statement that the database answers, and fails with the driver's error if not. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = createPool(options);
  pool.on('error', (error) => options.log.warn({ err: error }, 'an idle database connection was lost'));
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool, options.preparedStatements ?? true) });
  let closed: Promise<void> | undefined;
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return {
    pool,
    prisma,
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function createPool(options: DatabaseOptions): pg.Pool {
  const statementTimeoutMs = options.statementTimeoutMs ?? 30_000;
  return new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    idleTimeoutMillis: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'summa',
    // Measured: for lists of runs the workers of a parallel plan cost ten times what they save.
    options: '-c max_parallel_workers_per_gather=0',
    types: rowTypes,
    ...(options.preparedStatements === false && { Client: UnnamedClient }),
    ...(statementTimeoutMs > 0 && { statement_timeout: statementTimeoutMs }),
  });
}

function prismaAdapter(pool: pg.Pool, preparedStatements: boolean): PrismaPg {
  return new PrismaPg(pool, preparedStatements ? { statementNameGenerator: nameStatements(256) } : {});
}
