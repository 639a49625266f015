import { join } from 'node:path';
import type pg from 'pg';
import { StartError } from '../start-error.ts';
import { listMigrationNames, prismaDir, readMigrations } from './migrations.ts';
import { EnginePool, withSchemaEngine } from './schema-engine.ts';

// Any number that no other program takes; it names the lock under which one server at a time migrates a database.
const MIGRATION_LOCK = 7_301_655_201;

const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Brings the database up to this version and returns the names of the migrations applied, oldest first; none when it
 * was current. All of them go in or none. Two servers may do it at once: the second waits, then finds nothing to do.
 * A database with migrations that this version does not know is DATABASE_NEWER and is left as it was.
 */
export async function migrateDatabase(url: string, migrationsDir = join(prismaDir, 'migrations')): Promise<string[]> {
  const pool = new EnginePool(url);
  try {
    await pool.query('BEGIN');
    await pool.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const pending = await findPendingMigrations(pool, migrationsDir);
    if (pending.length > 0) await applyMigrations(pool, migrationsDir);
    await pool.query('COMMIT');
    return pending;
  } finally {
    // Closing the connection rolls back whatever was not committed.
    await pool.end();
  }
}

async function applyMigrations(pool: EnginePool, migrationsDir: string): Promise<void> {
  const migrationsList = await readMigrations(migrationsDir);
  await withSchemaEngine(pool, (engine) => engine.applyMigrations({ migrationsList, filters: noFilters }));
}

/** The migrations of this version that the database lacks; DATABASE_NEWER when it has some that this version lacks. */
export async function findPendingMigrations(
  pool: pg.Pool,
  migrationsDir = join(prismaDir, 'migrations'),
): Promise<string[]> {
  const known = await listMigrationNames(migrationsDir);
  const applied = await listAppliedMigrations(pool);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StartError(
      'DATABASE_NEWER',
      `the database was written by a newer version of Summa (migration ${unknown[0]}); start that version, or point this one at another database`,
    );
  }
  return known.filter((name) => !applied.includes(name));
}

async function listAppliedMigrations(pool: pg.Pool): Promise<string[]> {
  const { rows: tables } = await pool.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (tables[0]?.found !== true) return [];
  const { rows } = await pool.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return rows.map((row) => row.migration_name);
}
