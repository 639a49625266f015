import type pg from 'pg';
import { findPendingMigrations } from './migrate.ts';

/** Whether the database can be worked with. */
export interface DatabaseHealth {
  /** `ok`, or `unreachable` when it did not answer within two seconds. */
  database: 'ok' | 'unreachable';
  /** `ok`, `pending` when they do not fit this version, `unknown` when the database did not answer. */
  migrations: 'ok' | 'pending' | 'unknown';
}

const PATIENCE_MS = 2_000;

/** Asks the database whether it answers and whether its migrations are those of this version. Never throws, never takes long. */
export async function checkDatabase(pool: pg.Pool): Promise<DatabaseHealth> {
  if (!(await succeedsInTime(pool.query('SELECT 1')))) return { database: 'unreachable', migrations: 'unknown' };
  const current = findPendingMigrations(pool).then((pending) => {
    if (pending.length > 0) throw new Error(`pending: ${pending.join(', ')}`);
  });
  return { database: 'ok', migrations: (await succeedsInTime(current)) ? 'ok' : 'pending' };
}

async function succeedsInTime(promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const done = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
