import type { Logger } from 'pino';
import { ApiKeyCache } from './access/api-key-cache.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { Compactor } from './history/compactor.ts';
import { Histories } from './history/histories.ts';
import { MetricKeys } from './metric/metric-keys.ts';
import { FieldRefresher } from './run-list/field-refresher.ts';
import { refreshStaleFields } from './run-list/refresh-fields.ts';
import type { Services } from './services.ts';

/** What services are made of. */
export interface ServiceParts {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  /** The time now, unless a test holds it still. */
  readonly clock?: () => Date;
}

/** Services that work in the background until they are stopped. */
export interface RunningServices extends Services {
  /** Merges segments of runs in the background. */
  readonly compactor: Compactor;
  /** Waits for what is being written and ends the background work; call it before closing the database. */
  stop(): Promise<void>;
}

/** Makes the services of one server process. */
export function createServices({ config, log, database, clock = () => new Date() }: ServiceParts): RunningServices {
  const keys = new MetricKeys(database.pool);
  const compactor = new Compactor(database, log);
  const histories = new Histories({ pool: database.pool, keys, clock }, (run, history) => {
    compactor.consider(run, history);
    fields.schedule(run.projectId);
  });
  const fields: FieldRefresher = new FieldRefresher({
    refresh: (projectId) => refreshStaleFields(services, projectId),
    log,
  });
  const services: Services = { config, log, database, clock, histories, keys, fields, apiKeys: new ApiKeyCache() };
  return {
    ...services,
    compactor,
    async stop() {
      await histories.drain();
      await compactor.stop();
      await fields.stop();
    },
  };
}
