import { must } from '../../support/graphql.ts';
import type { MeasuredServer } from './measured-server.ts';
import { randomNumbers } from './random-numbers.ts';

const LOG = 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }';
const ROWS_AT_ONCE = 10_000;

/** A run to be made. */
export interface WantedRun {
  readonly project: string;
  readonly name: string;
  readonly metrics: number;
  readonly rows: number;
}

/** The keys of some metrics. */
export function metricKeys(metrics: number): string[] {
  return Array.from({ length: metrics }, (_, metric) => `train/metric_${metric}`);
}

/** Begins a run. @returns its id */
export async function startBenchRun(server: MeasuredServer, project: string, name: string): Promise<string> {
  const started = await must(server, 'mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }', {
    input: { project, name },
  });
  return started.startRun.run.id;
}

/** Rows as `log` takes them, with numbers of as many digits as measured ones have. */
export function benchRows(
  { from, rows, metrics }: { readonly from: number; readonly rows: number; readonly metrics: number },
  random: () => number,
): { step: number; timestamp: number; values: Record<string, number> }[] {
  const keys = metricKeys(metrics);
  return Array.from({ length: rows }, (_, i) => ({
    step: from + i,
    timestamp: 1_750_000_000 + (from + i) / 8,
    values: Object.fromEntries(keys.map((key) => [key, random()])),
  }));
}

/** A finished run, its values in chunks. @returns its id */
export async function makeBenchRun(
  server: MeasuredServer,
  { project, name, metrics, rows }: WantedRun,
): Promise<string> {
  const runId = await startBenchRun(server, project, name);
  const random = randomNumbers();
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const some = benchRows({ from, rows: Math.min(ROWS_AT_ONCE, rows - from), metrics }, random);
    await must(server, LOG, { input: { runId, writer: 'bench', offset: from, rows: some } });
  }
  await must(server, 'mutation ($input: FinishRunInput!) { finishRun(input: $input) { run { id } } }', {
    input: { runId },
  });
  return runId;
}
