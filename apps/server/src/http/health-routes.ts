import type { FastifyInstance } from 'fastify';
import { checkDatabase, type DatabaseHealth } from '../database/check-database.ts';
import type { Database } from '../database/database.ts';

/** What `/readyz` answers: 200 when every check is ok, else 503. */
export interface Readiness {
  status: 'ready' | 'not ready';
  /** `draining` is `yes` from the moment the server was told to stop. */
  checks: DatabaseHealth & { draining: 'no' | 'yes' };
}

/** `/livez` says that the process answers at all; `/readyz` that it can do its work. Neither needs a key. */
export function addHealthRoutes(
  app: FastifyInstance,
  options: { database: Database; isDraining: () => boolean },
): void {
  app.get('/livez', async () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = toReadiness(await checkDatabase(options.database.pool), options.isDraining());
    return reply
      .code(readiness.status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(readiness);
  });
}

function toReadiness(health: DatabaseHealth, draining: boolean): Readiness {
  const ready = health.database === 'ok' && health.migrations === 'ok' && !draining;
  return { status: ready ? 'ready' : 'not ready', checks: { ...health, draining: draining ? 'yes' : 'no' } };
}
