import type { Logger } from 'pino';
import type { ApiKeyCache } from './access/api-key-cache.ts';
import type { Sessions } from './access/sessions.ts';
import type { SignInLinks } from './access/sign-in-links.ts';
import type { Standings } from './access/standings.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import type { BlobStore } from './file/blob-store.ts';
import type { FileUrls } from './file/file-urls.ts';
import type { InFlight } from './file/in-flight.ts';
import type { Histories } from './history/histories.ts';
import type { MetricKeys } from './metric/metric-keys.ts';
import type { FieldRefresher } from './run-list/field-refresher.ts';
import type { RecentSummaries } from './summary/recent-summaries.ts';
import type { Tensors } from './tensor/tensors.ts';

/** What every use case may need, made once in `create-services.ts` and passed on; there is nothing global. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  /** The time now; a test may hold it still. */
  readonly clock: () => Date;
  /** The runs that are being written in this process. */
  readonly histories: Histories;
  /** The summaries that were read last. */
  readonly recentSummaries: RecentSummaries;
  /** Key text ↔ small number, per project. */
  readonly keys: MetricKeys;
  /** Whom the API keys of the last seconds belong to. */
  readonly apiKeys: ApiKeyCache;
  /** Who may write where. */
  readonly standings: Standings;
  /** Signs browsers in. */
  readonly sessions: Sessions;
  /** The links that sign in once. */
  readonly signInLinks: SignInLinks;
  /** Keeps what runs are filtered and sorted by close behind the runs. */
  readonly fields: FieldRefresher;
  /** Where the bytes of files lie. */
  readonly blobs: BlobStore;
  /** Makes and reads the signed URLs of files. */
  readonly fileUrls: FileUrls;
  readonly uploadsInFlight: InFlight;
  readonly downloadsInFlight: InFlight;
  readonly exportsInFlight: InFlight;
  /** Answers for the tensors in files. */
  readonly tensors: Tensors;
}

/** Where a run lies: the project is in every key, so that a run of one project can never be reached through another. */
export interface RunRef {
  readonly projectId: string;
  readonly runId: string;
}
