import type { Logger } from 'pino';
import { readApiKeyToken } from '../access/api-key-token.ts';
import { authenticateKey } from '../access/authenticate.ts';
import { authenticateRequest } from '../access/authenticate-request.ts';
import { ensureFirstUser, type FirstUser } from '../access/ensure-first-user.ts';
import type { Config } from '../config.ts';
import { createServices } from '../create-services.ts';
import { openBlobStore } from '../file/open-blob-store.ts';
import { startBlobSweep } from '../file/sweep-blobs.ts';
import { createHttpServer } from '../http/create-http-server.ts';
import { productSchema, registerProductRoutes } from '../http/product-routes.ts';
import { createLog } from '../log.ts';
import { startCrashSweep } from '../run/sweep-crashed-runs.ts';
import type { Services } from '../services.ts';
import { keyFilePath, readKeyFile, writeKeyFile } from './key-file.ts';
import { isLoopback } from './loopback.ts';
import { prepareDatabase } from './server-database.ts';
import { formatStartNotice, type StartNotice } from './start-notice.ts';
import { StopSignal } from './stop-signal.ts';

/**
 * `summa serve`: starts everything in order, says where it is, and serves until it is told to stop; then stops in the
 * reverse order. Returns the exit code: 0 after a signal, 1 after a failure.
 */
export async function serve(config: Config): Promise<number> {
  const log = createLog({ level: config.logLevel, apiKey: config.apiKey });
  const stop = new StopSignal();
  const undo: (() => Promise<unknown> | unknown)[] = [];
  try {
    const notice = await start(config, log, { undo, onLost: (error) => stop.fail(error) });
    process.stdout.write(formatStartNotice(notice));
    const reason = await stop.reason;
    if (reason.kind === 'failure') log.fatal({ err: reason.error }, 'cannot go on');
    else log.info({ signal: reason.signal }, 'stopping');
    return reason.kind === 'failure' ? 1 : 0;
  } finally {
    for (const step of undo.reverse()) await step();
    log.info('stopped');
  }
}

interface Lifecycle {
  /** What has to be undone, in the order in which it was done. */
  undo: (() => Promise<unknown> | unknown)[];
  onLost: (error: unknown) => void;
}

async function start(config: Config, log: Logger, { undo, onLost }: Lifecycle): Promise<StartNotice> {
  const server = await prepareDatabase(config, log, onLost);
  undo.push(() => server.stop());
  const database = await server.open();
  undo.push(() => database.close());
  const blobs = await openBlobStore(config);
  const services = createServices({ config, log, database, blobs });
  undo.push(() => services.stop());
  undo.push(startCrashSweep(services));
  undo.push(startBlobSweep(services));
  const user = await ensureFirstUser(services);
  const key = await keepKey(services, user);
  const http = await createHttpServer({
    config,
    log,
    database,
    schema: productSchema(),
    requireKey: (request) => authenticateRequest(services, request),
    registerRoutes: (app) => registerProductRoutes(app, services),
  });
  undo.push(() => http.drain());
  const url = await http.listen();
  return { url, userName: user.userName, key: key.notice, signIn: signInLink(services, url, key), place: server.place };
}

/** What is known of the first user's key: what the operator is told, and its text if this process knows it. */
interface KnownKey {
  readonly notice: StartNotice['key'];
  readonly text: string | null;
}

async function keepKey(services: Services, { apiKey }: FirstUser): Promise<KnownKey> {
  const file = keyFilePath(services.config.dataDir);
  if (apiKey !== null) {
    await writeKeyFile(file, apiKey);
    return { notice: { kind: 'made', apiKey, file }, text: apiKey };
  }
  if (services.config.apiKey !== undefined) return { notice: { kind: 'chosen' }, text: services.config.apiKey };
  const kept = await readKeyFile(file);
  if (kept === undefined) return { notice: { kind: 'unknown' }, text: null };
  // The file may be from another database, or its key revoked since.
  const holds = await authenticateKey(services, kept).then(
    () => true,
    () => false,
  );
  return holds ? { notice: { kind: 'kept', file }, text: kept } : { notice: { kind: 'unknown' }, text: null };
}

/** A link that signs in once with the first user's key; null when others than this machine may reach the server, or no key is known. */
function signInLink({ config, signInLinks }: Services, url: string, { text }: KnownKey): string | null {
  const token = text === null ? null : readApiKeyToken(text);
  if (!token || !isLoopback(config.host) || config.publicUrl !== undefined) return null;
  return `${url}/sign-in/${signInLinks.make(token.id)}`;
}
