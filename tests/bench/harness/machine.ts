import { execFile } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { promisify } from 'node:util';
import { startSumma } from '../../support/summa-process.ts';
import { postmasterOf } from './measured-server.ts';

/** On what results were measured; nothing that tells whose machine it was. */
export interface Machine {
  readonly node: string;
  readonly postgres: string;
  readonly cpu: string;
  readonly cores: number;
  /** What else ran before the first row: the load average of a minute. */
  readonly loadBefore: number;
}

/** Looks at this machine and at the Postgres that a server starts here. */
export async function describeMachine(): Promise<Machine> {
  const load = loadavg()[0] ?? 0;
  await using server = await startSumma();
  const processors = cpus();
  return {
    node: process.versions.node,
    postgres: await postgresVersion(server),
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    loadBefore: Number(load.toFixed(1)),
  };
}

async function postgresVersion(server: { readonly dataDir: string }): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(`/proc/${await postmasterOf(server)}/exe`, ['--version']);
    return /[\d.]+\w*/.exec(stdout)?.[0] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
