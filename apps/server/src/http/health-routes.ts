import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { findPendingMigrations } from '../database/migrate.ts';

/** What `/readyz` answers: 200 when every check is ok, else 503. */
export interface Readiness {
  status: 'ready' | 'not ready';
  checks: {
    /** `ok`, or `unreachable` when it did not answer within two seconds. */
    database: 'ok' | 'unreachable';
    /** `ok`, `pending` when some are not applied, `unknown` when the database did not answer. */
    migrations: 'ok' | 'pending' | 'unknown';
    /** `yes` from the moment the server was told to stop. */
    draining: 'no' | 'yes';
  };
}

const PATIENCE_MS = 2_000;

/** `/livez` says that the process answers at all; `/readyz` that it can do its work. Neither needs a key. */
export function addHealthRoutes(app: FastifyInstance, options: { pool: pg.Pool; isDraining: () => boolean }): void {
  app.get('/livez', async () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = await checkReadiness(options.pool, options.isDraining());
    return reply
      .code(readiness.status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(readiness);
  });
}

async function checkReadiness(pool: pg.Pool, draining: boolean): Promise<Readiness> {
  const [database, migrations] = await checkDatabase(pool);
  const ready = database === 'ok' && migrations === 'ok' && !draining;
  return {
    status: ready ? 'ready' : 'not ready',
    checks: { database, migrations, draining: draining ? 'yes' : 'no' },
  };
}

async function checkDatabase(
  pool: pg.Pool,
): Promise<[Readiness['checks']['database'], Readiness['checks']['migrations']]> {
  if (!(await within(PATIENCE_MS, pool.query('SELECT 1')))) return ['unreachable', 'unknown'];
  const current = findPendingMigrations(pool).then((pending) => {
    if (pending.length > 0) throw new Error('pending');
  });
  return ['ok', (await within(PATIENCE_MS, current)) ? 'ok' : 'pending'];
}

/** Whether the promise resolves in time. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
