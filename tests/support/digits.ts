import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatKey } from '@summa/core/key/key-path';

/** Statistics of one metric as numpy computed them; absent where there is no finite value. */
export interface ExpectedMetric {
  readonly count: number;
  readonly finite: number;
  readonly first: number | string;
  readonly last: number | string;
  readonly min?: number;
  readonly minStep?: number;
  readonly max?: number;
  readonly maxStep?: number;
  readonly mean?: number;
  readonly variance?: number;
}

/** A logged row as the file has it. */
export type DigitsRow = Readonly<Record<string, unknown>> & { readonly _step: number; readonly _timestamp: number };

/** The names of the six runs. */
export const DIGITS_RUNS = ['adam-small', 'adam-wide', 'sgd-diverged', 'sgd-slow', 'sgd-small', 'sgd-wide'] as const;

/** The path of a data file of a run. */
export function digitsFile(name: string): string {
  return fileURLToPath(new URL(`../data/digits-mlp/${name}`, import.meta.url));
}

/** The rows of a run in the order logged. */
export async function digitsRows(run: string): Promise<DigitsRow[]> {
  const text = await readFile(digitsFile(`${run}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): DigitsRow => JSON.parse(line));
}

/** What numpy says of each metric of a run, by key text. */
export async function expectedMetrics(run: string): Promise<Map<string, ExpectedMetric>> {
  const all: Record<string, Record<string, ExpectedMetric>> = JSON.parse(
    await readFile(digitsFile('expected.json'), 'utf8'),
  );
  const metrics = all[run];
  if (!metrics) throw new Error(`expected.json knows no run ${run}`);
  return new Map(Object.entries(metrics).map(([pointer, metric]) => [keyOfPointer(pointer), metric]));
}

function keyOfPointer(pointer: string): string {
  return formatKey(
    pointer
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
  );
}
