import type { Logger } from 'pino';
import { ApiKeyCache } from './access/api-key-cache.ts';
import { Sessions } from './access/sessions.ts';
import { SignInLinks } from './access/sign-in-links.ts';
import { Standings } from './access/standings.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import type { BlobStore } from './file/blob-store.ts';
import { FileUrls } from './file/file-urls.ts';
import { InFlight } from './file/in-flight.ts';
import { folderBlobStore } from './file/open-blob-store.ts';
import { Compactor } from './history/compactor.ts';
import { Histories } from './history/histories.ts';
import { LIMITS } from './limits.ts';
import { MetricKeys } from './metric/metric-keys.ts';
import { FieldRefresher } from './run-list/field-refresher.ts';
import { refreshStaleFields } from './run-list/refresh-fields.ts';
import type { Services } from './services.ts';
import { RecentSummaries } from './summary/recent-summaries.ts';
import { TensorThreads } from './tensor/tensor-threads.ts';
import { Tensors } from './tensor/tensors.ts';

/** What services are made of. */
export interface ServiceParts {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  /** The time now, unless a test holds it still. */
  readonly clock?: () => Date;
  /** Where the bytes of files lie; unless told, the folder in the data folder. */
  readonly blobs?: BlobStore;
}

/** Services that work in the background until they are stopped. */
export interface RunningServices extends Services {
  /** Merges segments of runs in the background. */
  readonly compactor: Compactor;
  /** Waits for what is being written and ends the background work; call it before closing the database. */
  stop(): Promise<void>;
}

/** Makes the services of one server process. */
export function createServices(parts: ServiceParts): RunningServices {
  const { config, log, database, clock = () => new Date() } = parts;
  const blobs = parts.blobs ?? folderBlobStore(config);
  const keys = new MetricKeys(database.pool);
  const threads = new TensorThreads({
    threads: LIMITS.tensorsAtOnce,
    waiting: LIMITS.tensorsWaiting,
    timeLimitMs: LIMITS.tensorTimeMs,
  });
  const compactor = new Compactor(database, log);
  const histories = new Histories({ pool: database.pool, keys, clock }, (run, history) => {
    compactor.consider(run, history);
    fields.schedule(run.projectId);
  });
  const fields: FieldRefresher = new FieldRefresher({
    refresh: (projectId) => refreshStaleFields(services, projectId),
    log,
  });
  const services: Services = {
    config,
    log,
    database,
    clock,
    histories,
    recentSummaries: new RecentSummaries(),
    keys,
    fields,
    apiKeys: new ApiKeyCache(),
    standings: new Standings(database.pool),
    sessions: new Sessions({ pool: database.pool, config, clock }),
    signInLinks: new SignInLinks(clock),
    blobs,
    fileUrls: new FileUrls({ pool: database.pool, config, clock }),
    uploadsInFlight: new InFlight(LIMITS.uploadsAtOnce, 'uploads'),
    downloadsInFlight: new InFlight(LIMITS.downloadsAtOnce, 'downloads'),
    exportsInFlight: new InFlight(exportsAtOnce(config), 'exports', 'TOO_MANY_EXPORTS'),
    tensors: new Tensors({ database, blobs, threads }),
  };
  return {
    ...services,
    compactor,
    async stop() {
      await histories.drain();
      await compactor.stop();
      await fields.stop();
      await threads.stop();
      blobs.close();
    },
  };
}

/** However few connections there are, exports leave as many to everything else. */
function exportsAtOnce({ databasePoolSize }: Config): number {
  return Math.min(LIMITS.exportsAtOnce, Math.floor(databasePoolSize / 2));
}
