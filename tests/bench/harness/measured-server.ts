import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SummaProcess, type SummaProcessOptions, startSumma } from '../../support/summa-process.ts';
import type { Cost } from './compare.ts';

/** A server process of which is known what a piece of work costs it. */
export interface MeasuredServer extends SummaProcess {
  /**
   * Does a piece of work: how long it took, the CPU time of the server's process, and that of its Postgres where the system tells it
   * (in steps of 10 ms). CPU time is what the machine's other users disturb least.
   */
  costOf(work: () => Promise<unknown>): Promise<Cost>;
}

/** Kernel clock ticks of `/proc/<pid>/stat`; 100 a second on every Linux. */
const TICK_MS = 10;

/** As `startSumma`. The server says only what goes wrong. */
export async function startMeasuredServer({ env = {} }: SummaProcessOptions = {}): Promise<MeasuredServer> {
  const server = await startSumma({ env: { SUMMA_LOG_LEVEL: 'error', ...env } });
  return {
    ...server,
    async costOf(work) {
      const before = [await serverCpuMs(server), await postgresCpuMs(server)] as const;
      const began = performance.now();
      await work();
      const wallMs = performance.now() - began;
      const serverCpu = (await serverCpuMs(server)) - before[0];
      const postgresCpu = (await postgresCpuMs(server)) - before[1];
      return { wallMs, serverCpuMs: serverCpu, ...(postgresCpu > 0 && { postgresCpuMs: postgresCpu }) };
    },
  };
}

async function serverCpuMs({ url, apiKey }: SummaProcess): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } });
  const seconds = /^process_cpu_seconds_total (\S+)/m.exec(await answer.text())?.[1];
  if (seconds === undefined) throw new Error(`the server does not tell its CPU time (${answer.status})`);
  return Number(seconds) * 1000;
}

/** CPU time of the embedded Postgres and of all that it started, also of those that have ended; NaN where there is no /proc. */
async function postgresCpuMs(server: SummaProcess): Promise<number> {
  try {
    const postmaster = await postmasterOf(server);
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const stats = await Promise.all(pids.map(readStat));
    return stats.reduce((sum, stat) => sum + (stat && isOf(postmaster, stat) ? stat.cpuMs : 0), 0);
  } catch {
    return Number.NaN;
  }
}

/** The process id of a server's embedded Postgres. */
export async function postmasterOf({ dataDir }: Pick<SummaProcess, 'dataDir'>): Promise<number> {
  const text = await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8');
  return Number.parseInt(text, 10);
}

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Its own, and that of its children that have ended. */
  readonly cpuMs: number;
}

function isOf(postmaster: number, { pid, parent }: ProcessStat): boolean {
  return pid === postmaster || parent === postmaster;
}

async function readStat(pid: string): Promise<ProcessStat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  // The name in parentheses may hold anything; the numbers stand behind it, the state being the third field.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number) => Number(fields[field - 3]) * TICK_MS;
  return {
    pid: Number(pid),
    parent: Number(fields[1]),
    cpuMs: ticks(14) + ticks(15) + ticks(16) + ticks(17),
  };
}
