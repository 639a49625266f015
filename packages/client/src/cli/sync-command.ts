import { lockSpool } from '../spool/lock-spool.ts';
import { lifeOf } from '../spool/process-identity.ts';
import { findRest, type SpoolContents, scanSpool } from '../spool/scan-spool.ts';
import { type SyncedSpool, syncSpool } from '../spool/sync-spool.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { Interrupted } from './command-error.ts';
import { type FoundSpool, findSpools } from './find-spools.ts';
import { defineCommand } from './frame/command.ts';
import type { CommandIo } from './frame/command-io.ts';
import type { Output } from './import-progress.ts';
import { count } from './import-progress.ts';
import { connect } from './server-options.ts';
import { readSyncArguments, type SyncArguments, syncOptions } from './sync-arguments.ts';

/** Where a sync reports to, and what interrupts it. */
export interface SyncSurroundings {
  /** For results. */
  readonly stdout: Output;
  /** For progress and problems. */
  readonly stderr: Output;
  readonly env: CommandIo['env'];
  readonly signal: AbortSignal;
}

/** `summa sync`: sends what runs had logged and could not send. */
export const syncCommand = defineCommand({
  name: 'sync',
  summary: 'send what runs logged and could not send',
  operands: { usage: '[spool or folder...]', min: 0, max: Number.POSITIVE_INFINITY, areFiles: true },
  options: syncOptions,
  description: `Sends what runs could not send: the rows, definitions and values that a process had logged when it was killed, crashed or
had no network. Each row is stored once, however often this is called. Spools of processes that still run are left to
them; what is sent completely is removed. Without a path it looks in SUMMA_SPOOL_DIR, else in ~/.summa/spool.`,
  notes: `A spool that is named itself is sent also when it was written on another machine, which cannot be asked from here
whether the process still runs.

Exits with 0 when everything is sent or somebody's who still runs, with 1 when something could not be sent.`,
  run: (args, { stdout, stderr, env, ...io }) =>
    syncSpools(readSyncArguments(args), { stdout, stderr, env, signal: io.interruptSignal() }),
});

/** What became of one spool. */
export interface SpoolReport {
  readonly path: string;
  /**
   * `sent` when nothing is left; `left` in a dry run; `living` when its process, or another sync, still has it;
   * `elsewhere` when that cannot be seen from this machine; `failed` when something could not be sent or read.
   */
  readonly state: 'sent' | 'left' | 'living' | 'elsewhere' | 'failed';
  /** `entity/project/name`; null when it is not known. */
  readonly run: string | null;
  /** Rows sent, or left in a dry run. */
  readonly rows: number;
  /** Rows that the server had already. */
  readonly knownRows: number;
  /** Rows, values and files that the server refused. */
  readonly refused: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Sends every spool, one after the other, and returns the exit code. Throws `Interrupted` when the signal is aborted. */
export async function syncSpools(args: SyncArguments, surroundings: SyncSurroundings): Promise<number> {
  const reports: SpoolReport[] = [];
  for (const found of await findSpools(args.paths)) {
    const report = await reportOf(found, { args, surroundings });
    reports.push(report);
    if (!args.json) surroundings.stdout.write(`${describe(report)}\n`);
    if (surroundings.signal.aborted) throw new Interrupted(found.path);
  }
  if (args.json) surroundings.stdout.write(`${JSON.stringify({ spools: reports })}\n`);
  else if (reports.length === 0) surroundings.stdout.write('nothing is left to send\n');
  return reports.some(({ state, refused }) => state === 'failed' || refused > 0) ? 1 : 0;
}

interface Job {
  readonly args: SyncArguments;
  readonly surroundings: SyncSurroundings;
}

async function reportOf({ path, isNamed }: FoundSpool, job: Job): Promise<SpoolReport> {
  try {
    await using lock = await lockSpool(path);
    const contents = await scanSpool(path);
    const report = { path, run: contents.run?.path ?? null, rows: 0, knownRows: 0, refused: 0, error: null };
    const life = lock === null ? 'alive' : lifeOfWriter(contents);
    if (life === 'alive') return { ...report, state: 'living' };
    if (life === 'elsewhere' && !isNamed) return { ...report, state: 'elsewhere' };
    if (job.args.dryRun) return { ...report, state: 'left', rows: await countLeft(contents) };
    const { run, sentRows: rows, knownRows, refused } = await send(contents, job);
    return { ...report, state: 'sent', run: run ?? report.run, rows, knownRows, refused };
  } catch (error) {
    if (job.surroundings.signal.aborted) throw new Interrupted(path);
    if (!(error instanceof Error)) throw error;
    const code = error instanceof SummaClientError ? error.code : 'SPOOL_FAILED';
    const told = { code, message: error.message };
    return { path, state: 'failed', run: null, rows: 0, knownRows: 0, refused: 0, error: told };
  }
}

/** Rows that are not known to be stored; the server may know more. */
async function countLeft(contents: SpoolContents): Promise<number> {
  return (await findRest(contents, contents.settled?.rows ?? contents.run?.acceptedRows ?? 0)).rows;
}

function lifeOfWriter({ header, isClosed }: SpoolContents): ReturnType<typeof lifeOf> {
  return header === null || isClosed ? 'dead' : lifeOf(header.process);
}

async function send(contents: SpoolContents, { args, surroundings }: Job): Promise<SyncedSpool> {
  const { stderr, signal, env } = surroundings;
  const { endpoint, execute } = await connect({ url: args.url ?? contents.header?.url, key: args.key }, env);
  const isTerminal = stderr.isTTY === true && !args.json;
  return syncSpool(contents, {
    endpoint,
    execute,
    signal,
    keeps: args.keep,
    onProgress(sent, all) {
      if (isTerminal) stderr.write(`\r\u001b[K${contents.path}: ${count(sent)} of ${count(all)} rows`);
      if (isTerminal && sent >= all) stderr.write('\r\u001b[K');
    },
    onRefused: (error) => stderr.write(`summa: ${contents.path}: ${error.message} (${error.code})\n`),
    onRetry: (error, waitMs) =>
      stderr.write(`summa: ${error.message} Trying again in ${(waitMs / 1000).toFixed(1)} s.\n`),
  });
}

function describe({ path, state, run, rows, knownRows, refused, error }: SpoolReport): string {
  switch (state) {
    case 'sent': {
      const known = knownRows > 0 ? `, ${count(knownRows)} were there already` : '';
      const not = refused > 0 ? `, ${count(refused)} refused` : '';
      return run === null ? `${path}: nothing was left` : `${path}: ${count(rows)} rows into ${run}${known}${not}`;
    }
    case 'left':
      return `${path}: ${count(rows)} rows${run === null ? ' of a run that was not started yet' : ` for ${run}`} are not known to be stored`;
    case 'living':
      return `${path}: a process still runs that sends it`;
    case 'elsewhere':
      return `${path}: written on another machine; name the file itself to send it from here`;
    case 'failed':
      return `${path}: ${error?.message} (${error?.code})`;
  }
}
