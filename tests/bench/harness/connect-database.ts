import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { SummaProcess } from '../../support/summa-process.ts';

/** A connection of our own to the embedded Postgres of a server: what a baseline does in SQL is done by the same database. */
export async function connectDatabase({ dataDir }: Pick<SummaProcess, 'dataDir'>): Promise<pg.Client> {
  const root = join(dataDir, 'postgres');
  const port = (await readFile(join(root, 'data/postmaster.pid'), 'utf8')).split('\n')[3];
  const password = await readFile(join(root, 'password'), 'utf8');
  const options = '-c max_parallel_workers_per_gather=0';
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(port),
    user: 'summa',
    database: 'summa',
    password,
    options,
  });
  await client.connect();
  return client;
}
