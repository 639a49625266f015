import { fromWire } from '@summa/core/json/wire-json';
import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import { parseDefinition } from '@summa/core/metric/metric-definition';
import type { Extreme, MetricState, Sample } from '@summa/core/metric/metric-state';
import type { ExplicitEntry } from '@summa/core/summary/explicit-entry';
import { type MetricDefinitionFieldsFragment, RunStateDocument, type RunStateQuery } from '../generated/graphql.ts';
import type { MetricStatistics } from '../read/metric-statistics.ts';
import { readMetrics } from '../read/read-metrics.ts';
import { requireRun } from '../read/require-run.ts';
import type { Execute } from '../transport/execute.ts';
import type { RunState } from './local-summary.ts';

const KEYS_PER_REQUEST = 500;

/** What the server has of a run's summary. Sums are read rounded, so they may differ by one unit in the last place. */
export async function loadRunState(execute: Execute, id: string, signal?: AbortSignal): Promise<RunState> {
  const { node } = await execute(RunStateDocument, { id }, { signal });
  const run = requireRun(node, id);
  const states: [string, MetricState][] = [];
  for await (const entry of loadMetricStates(execute, id)) states.push(entry);
  return {
    states,
    definitions: run.definitions.map(toDefinition),
    explicit: new Map(run.summary.explicit.map((entry) => [entry.key, toExplicitEntry(entry)])),
  };
}

/** The states of all metrics as the server folded them, or of these keys. */
export async function* loadMetricStates(
  execute: Execute,
  id: string,
  keys?: readonly string[],
): AsyncGenerator<[key: string, state: MetricState], void, undefined> {
  for (const asked of keys ? inParts(keys) : [undefined]) {
    for await (const metric of readMetrics(execute, id, asked ? { keys: asked } : {}))
      yield [metric.key, toState(metric)];
  }
}

/** Parts no longer than the list that the server takes. */
function inParts(keys: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(keys.length / KEYS_PER_REQUEST);
  return Array.from({ length: count }, (_, i) => keys.slice(i * KEYS_PER_REQUEST, (i + 1) * KEYS_PER_REQUEST));
}

function toState(metric: MetricStatistics): MetricState {
  return {
    count: metric.count,
    finiteCount: metric.finiteCount,
    nanCount: metric.nanCount,
    posInfCount: metric.posInfCount,
    negInfCount: metric.negInfCount,
    sum: metric.sum ?? 0,
    sumError: 0,
    hugeSum: 0,
    hugeSumError: 0,
    mean: metric.mean ?? Number.NaN,
    m2: (metric.variance ?? 0) * metric.finiteCount,
    min: placed(metric.min, metric.minStep, metric.minTime),
    max: placed(metric.max, metric.maxStep, metric.maxTime),
    first: placed<Sample['value']>(metric.first, metric.firstStep, metric.firstTime),
    last: placed<Sample['value']>(metric.last, metric.lastStep, metric.lastTime),
  };
}

function placed(value: number | null, step: number | null, time: string | null): Extreme | null;
function placed<Value>(
  value: Value | null,
  step: number | null,
  time: string | null,
): { readonly value: Value; readonly step: number; readonly time: number } | null;
function placed<Value>(value: Value | null, step: number | null, time: string | null) {
  return value === null || step === null ? null : { value, step, time: Date.parse(time ?? '') / 1000 };
}

const goals = { MINIMIZE: 'minimize', MAXIMIZE: 'maximize' } as const;

function toDefinition({ goal, ...fields }: MetricDefinitionFieldsFragment): MetricDefinition {
  return parseDefinition({ ...fields, goal: goal && goals[goal] });
}

type WireExplicit = Extract<
  NonNullable<RunStateQuery['node']>,
  { readonly __typename: 'Run' }
>['summary']['explicit'][number];

function toExplicitEntry({ key, value, deleted, revision, at, user }: WireExplicit): ExplicitEntry {
  const author = { key, revision, by: user?.id ?? null, at: Date.parse(at) / 1000 };
  return deleted ? { ...author, deleted } : { ...author, deleted, value: fromWire(value) };
}
