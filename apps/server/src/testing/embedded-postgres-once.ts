import pg from 'pg';
import pino from 'pino';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';

/** Starts an embedded Postgres on the folder given, asks it one thing, stops it, and prints the answer and who it ran as. */
const dataDir = process.argv[2] ?? '';
const postgres = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) });
const client = new pg.Client({ connectionString: postgres.url });
await client.connect();
const { rows } = await client.query('SELECT 42 AS answer');
await client.end();
await postgres.stop();
process.stdout.write(JSON.stringify({ ...rows[0], uid: process.getuid?.() }));
