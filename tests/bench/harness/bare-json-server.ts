import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';

/** A process that answers `GET /<run>` with the JSONB that a table has of the run, and does nothing else. */
export interface BareJsonServer {
  readonly url: string;
  [Symbol.asyncDispose](): Promise<void>;
}

const PROCESS = fileURLToPath(new URL('bare-json-process.ts', import.meta.url));

/** Starts the process on a free port. It reads `SELECT data FROM bench_document WHERE run = $1` where `database` is connected to. */
export async function startBareJsonServer(database: pg.Client): Promise<BareJsonServer> {
  const { host, port, user, database: name, password } = database;
  const child = spawn(process.execPath, ['--conditions=@summa/source', '--import', 'tsx', PROCESS], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: user,
      PGDATABASE: name,
      PGPASSWORD: String(password),
    },
  });
  const [listening] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    url: `http://127.0.0.1:${listening}`,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
