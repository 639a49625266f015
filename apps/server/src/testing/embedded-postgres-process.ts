import pino from 'pino';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';

/** Starts an embedded Postgres on the folder given, tells the parent process, and stays until it is killed. */
const dataDir = process.argv[2] ?? '';
const postgres = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) });
process.send?.({ url: postgres.url, postgresPid: postgres.pid() });
setInterval(() => undefined, 60_000);
