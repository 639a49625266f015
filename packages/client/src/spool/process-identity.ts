import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** One process of one machine. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When it began, in the words of its system, so that another process of the same number is not taken for it; null where unknown. */
  readonly startedAt: string | null;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, startedAt: startOf(process.pid) };
}

/** Whether a process still runs; 'elsewhere' when it is one of another machine, which cannot be seen from here. */
export function lifeOf({ host, pid, startedAt }: ProcessIdentity): 'alive' | 'dead' | 'elsewhere' {
  if (host !== hostname()) return 'elsewhere';
  if (!hasProcess(pid)) return 'dead';
  const now = startOf(pid);
  return startedAt === null || now === null || now === startedAt ? 'alive' : 'dead';
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Clock ticks from the boot of a Linux machine to the start of a process; null elsewhere. A zombie counts as gone. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the command stands in parentheses and may hold anything; 20 fields behind it comes the start.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? 'ended' : (fields[18] ?? null);
  } catch {
    return null;
  }
}
