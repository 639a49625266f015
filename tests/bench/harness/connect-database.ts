import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { SummaProcess } from '../../support/summa-process.ts';

interface Connection {
  readonly port: number;
  readonly password: string;
}

async function connectionOf({ dataDir }: Pick<SummaProcess, 'dataDir'>): Promise<Connection> {
  const root = join(dataDir, 'postgres');
  const port = (await readFile(join(root, 'data/postmaster.pid'), 'utf8')).split('\n')[3];
  return { port: Number(port), password: await readFile(join(root, 'password'), 'utf8') };
}

/** Makes a database of that name in the embedded Postgres of a server. @returns its URL */
export async function makeDatabase(server: Pick<SummaProcess, 'dataDir'>, name: string): Promise<string> {
  const client = await connectDatabase(server);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const { port, password } = await connectionOf(server);
  return `postgresql://summa:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
}

/** A connection of our own to the embedded Postgres of a server: what a baseline does in SQL is done by the same database. */
export async function connectDatabase(server: Pick<SummaProcess, 'dataDir'>): Promise<pg.Client> {
  const { port, password } = await connectionOf(server);
  const options = '-c max_parallel_workers_per_gather=0';
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'summa',
    database: 'summa',
    password,
    options,
  });
  await client.connect();
  return client;
}
