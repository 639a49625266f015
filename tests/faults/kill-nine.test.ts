import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DIGITS_RUNS, type DigitsRow, digitsRows, expectedMetrics } from '../support/digits.ts';
import { ask, must } from '../support/graphql.ts';
import { expectNumpys, metricSummaries } from '../support/metric-summaries.ts';
import { seeded } from '../support/seeded.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const START = `mutation Start($input: StartRunInput!) { startRun(input: $input) { run { id } } }`;
const FINISH = `mutation Finish($input: FinishRunInput!) { finishRun(input: $input) { run { state } } }`;
const LOG = `mutation Log($input: LogInput!) { log(input: $input) { acceptedRows } }`;

async function startRun(server: SummaProcess, name: string): Promise<string> {
  const { startRun: started } = await must(server, START, { input: { project: 'digits', name } });
  return started.run.id;
}

function toLogRow({ _step, _timestamp, ...values }: DigitsRow) {
  return { step: _step, timestamp: _timestamp, values };
}

/** Sends until it is acknowledged: the server may be dead at the moment. */
async function sendUntilAcknowledged(server: SummaProcess, input: object): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask(server, LOG, { input }).catch(() => undefined);
    if (answer !== undefined && answer.errors === undefined) return;
    if (answer?.errors?.some((error) => error.extensions.code === 'OFFSET_GAP'))
      throw new Error(answer.errors[0]?.message);
    await sleep(100);
  }
  throw new Error('a batch was never acknowledged');
}

/** Rows acknowledged so far, of all writers together. */
interface Progress {
  rows: number;
}

interface Writer {
  readonly runId: string;
  readonly name: string;
  readonly rows: readonly DigitsRow[];
  readonly random: () => number;
}

/** One writer: its rows in batches cut at random, each batch sent twice. */
async function write(server: SummaProcess, writer: Writer, progress: Progress): Promise<void> {
  for (let offset = 0; offset < writer.rows.length; ) {
    const size = 1 + Math.floor(writer.random() * 60);
    const rows = writer.rows.slice(offset, offset + size).map(toLogRow);
    const input = { runId: writer.runId, writer: writer.name, offset, rows };
    await sendUntilAcknowledged(server, input);
    await sendUntilAcknowledged(server, input);
    offset += rows.length;
    progress.rows += rows.length;
  }
}

/** Kills the server once that many rows are acknowledged, and starts it again on the same data. */
async function killAt(
  server: SummaProcess,
  rows: number,
  { progress, withPostgres }: { progress: Progress; withPostgres: boolean },
) {
  while (progress.rows < rows) await sleep(5);
  const postgres = await postgresPid(server);
  await server.end('SIGKILL');
  if (withPostgres) process.kill(postgres, 'SIGKILL');
  return server.restart();
}

/** The process id of the Postgres that the server runs. */
async function postgresPid(server: SummaProcess): Promise<number> {
  const pid = Number((await readFile(`${server.dataDir}/postgres/data/postmaster.pid`, 'utf8')).split('\n')[0]);
  expect(pid).toBeGreaterThan(1);
  return pid;
}

describe('a server killed with kill -9 while three writers log six runs', () => {
  it('has every acknowledged row once: all statistics equal those of numpy', async () => {
    await using server = await startSumma();
    const random = seeded(20_261_123);
    const runs = await Promise.all(
      DIGITS_RUNS.map(async (name) => ({ name, id: await startRun(server, name), rows: await digitsRows(name) })),
    );
    const total = runs.reduce((sum, { rows }) => sum + rows.length, 0);
    const progress: Progress = { rows: 0 };
    const writing = runs.flatMap(({ id, rows }) => {
      const dealt: DigitsRow[][] = [[], [], []];
      for (const row of rows) dealt[Math.floor(random() * 3)]?.push(row);
      return dealt.map((own, i) => write(server, { runId: id, name: `writer-${i}`, rows: own, random }, progress));
    });
    const killing = killAt(server, total / 4, { progress, withPostgres: false }).then((restarted) => {
      expect(progress.rows).toBeLessThan(total / 2);
      return killAt(restarted, total / 2, { progress, withPostgres: true });
    });
    const [current] = await Promise.all([killing, ...writing]);
    try {
      for (const { name, id } of runs) expectNumpys(await metricSummaries(current, id), await expectedMetrics(name));
      for (const { id } of runs) await must(current, FINISH, { input: { runId: id, exitCode: 0 } });
      for (const { name, id } of runs) expectNumpys(await metricSummaries(current, id), await expectedMetrics(name));
    } finally {
      await current.end('SIGTERM');
    }
  });
});
