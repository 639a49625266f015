import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SummaProcess, type SummaProcessOptions, startSumma } from '../../support/summa-process.ts';
import type { Cost } from './compare.ts';

/** A server process of which is known what a piece of work costs it. */
export interface MeasuredServer extends SummaProcess {
  /**
   * Does a piece of work: how long it took, the CPU time of the server's process, and that of its Postgres where the system tells it
   * (in steps of 10 ms). CPU time is what the machine's other users disturb least. Beside them the most memory that the server's
   * process had meanwhile, where the system tells it, and the delay of its event loop that 99 of 100 looks did not exceed, the
   * 10 ms between two looks included.
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
      const postgresBefore = await postgresCpuMs(server);
      // The delays of the event loop are those since the figures were asked for last.
      const before = await readFigures(server);
      await forgetPeak(server);
      const began = performance.now();
      await work();
      const wallMs = performance.now() - began;
      const serverRssMiB = await peakMiB(server);
      const after = await readFigures(server);
      const postgresCpu = (await postgresCpuMs(server)) - postgresBefore;
      return {
        wallMs,
        serverCpuMs: (after.cpuSeconds - before.cpuSeconds) * 1000,
        ...(postgresCpu > 0 && { postgresCpuMs: postgresCpu }),
        ...(serverRssMiB !== null && { serverRssMiB }),
        loopP99Ms: after.loopP99Seconds * 1000,
      };
    },
  };
}

interface Figures {
  readonly cpuSeconds: number;
  readonly loopP99Seconds: number;
}

async function readFigures({ url, apiKey }: SummaProcess): Promise<Figures> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } });
  const text = await answer.text();
  const figure = (name: string) => {
    const number = new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1];
    if (number === undefined) throw new Error(`the server does not tell ${name} (${answer.status})`);
    return Number(number);
  };
  return {
    cpuSeconds: figure('process_cpu_seconds_total'),
    loopP99Seconds: figure('nodejs_eventloop_lag_p99_seconds'),
  };
}

/** Makes the kernel forget the most memory that a process had: what it has now is the most. Does nothing where it cannot. */
async function forgetPeak({ pid }: SummaProcess): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => {});
}

/** The most memory that a process has had; null where there is no /proc. */
async function peakMiB({ pid }: SummaProcess): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
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
