import { type Asker, must } from '../../support/graphql.ts';

/** How much is generated. */
export interface LargeProject {
  readonly project: string;
  readonly runs: number;
  readonly steps: number;
  /** The keys of the metrics. */
  readonly keys: readonly string[];
}

const ROWS_AT_ONCE = 10_000;
const WRITERS = 2;

/** Twelve metrics as a training script logs them. */
export const TWELVE_METRICS = [
  'lr',
  ...['loss', 'acc', 'grad_norm', 'tokens_per_s', 'entropy', 'weight_norm'].map((name) => `train/${name}`),
  ...['loss', 'acc', 'f1', 'precision', 'recall'].map((name) => `val/${name}`),
] as const;

/** Logs runs of many steps, each value a noisy curve of its own that is the same every time. */
export async function logLargeProject(server: Asker, { project, runs, steps, keys }: LargeProject): Promise<void> {
  const numbers = Array.from({ length: runs }, (_, number) => number);
  const next = async (): Promise<void> => {
    const number = numbers.shift();
    if (number === undefined) return;
    const runId = await startRun(server, project, `run-${String(number).padStart(2, '0')}`);
    for (let offset = 0; offset < steps; offset += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, steps - offset);
      await sendRows(server, { runId, offset, rows: curveRows(keys, { seed: number, from: offset, count, steps }) });
    }
    await must(server, 'mutation ($runId: ID!) { finishRun(input: { runId: $runId, exitCode: 0 }) { run { id } } }', {
      runId,
    });
    await next();
  };
  await Promise.all(Array.from({ length: WRITERS }, next));
}

/** Starts a run. @returns its id */
export async function startRun(server: Asker, project: string, name: string): Promise<string> {
  const mutation =
    'mutation ($project: String!, $name: String!) { startRun(input: { project: $project, name: $name }) { run { id } } }';
  const { startRun: started } = await must(server, mutation, { project, name });
  return started.run.id;
}

/** A row as the API takes it. */
export interface SentRow {
  readonly step: number;
  readonly timestamp?: number;
  readonly values: Readonly<Record<string, number | string>>;
}

/** Sends rows of a run, from the given one on. */
export async function sendRows(
  server: Asker,
  { runId, offset, rows }: { readonly runId: string; readonly offset: number; readonly rows: readonly SentRow[] },
): Promise<void> {
  const mutation = 'mutation ($input: LogInput!) { log(input: $input) { __typename } }';
  await must(server, mutation, { input: { runId, writer: 'main', offset, rows } });
}

interface Curve {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  /** Of the whole run. */
  readonly steps: number;
}

/** Rows of curves that fall, the odd ones rise, each with noise. */
export function curveRows(keys: readonly string[], { seed, from, count, steps }: Curve): SentRow[] {
  return Array.from({ length: count }, (_, at) => {
    const step = from + at;
    const values: Record<string, number> = {};
    keys.forEach((key, index) => {
      const progress = (step / steps) * (3 + (seed % 7));
      const fallen = Math.exp(-progress) * (1 + seed / 30) + 0.05 * index;
      const noise = 0.08 * (hash(step * 31 + index * 7 + seed * 1_013) - 0.5);
      values[key] = Number(((index % 2 === 1 ? fallen : 2 - fallen) + noise).toFixed(4));
    });
    return { step, timestamp: 1_760_000_000 + seed * 3_600 + step * 0.05, values };
  });
}

function hash(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}
