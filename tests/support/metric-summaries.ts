import { expect } from 'vitest';
import type { ExpectedMetric } from './digits.ts';
import { type Asker, must } from './graphql.ts';

/** What the API says of one metric. */
export interface MetricAnswer {
  readonly key: string;
  readonly count: number;
  readonly finiteCount: number;
  readonly first: unknown;
  readonly last: unknown;
  readonly min: number | null;
  readonly minStep: number | null;
  readonly max: number | null;
  readonly maxStep: number | null;
  readonly mean: number | null;
  readonly variance: number | null;
}

const METRICS = `query Metrics($id: ID!) { node(id: $id) { ... on Run { summary { metrics(first: 1000) { nodes {
  key count finiteCount first last min minStep max maxStep mean variance } } } } } }`;

/** Every metric of a run, by key. */
export async function metricSummaries(server: Asker, runId: string): Promise<Map<string, MetricAnswer>> {
  const { node } = await must(server, METRICS, { id: runId });
  const nodes: MetricAnswer[] = node.summary.metrics.nodes;
  return new Map(nodes.map((metric) => [metric.key, metric]));
}

/** Fails unless every number equals numpy's: mean and variance to 1e-12 relative, all else exactly. */
export function expectNumpys(
  actual: ReadonlyMap<string, MetricAnswer>,
  expected: ReadonlyMap<string, ExpectedMetric>,
): void {
  for (const [key, { finite, mean, variance, ...exact }] of expected) {
    const metric = actual.get(key);
    if (metric === undefined) throw new Error(`nothing of ${key}`);
    const nothing = { min: null, minStep: null, max: null, maxStep: null };
    expect({ [key]: metric }).toMatchObject({ [key]: { ...nothing, ...exact, finiteCount: finite } });
    expectClose(`${key} mean`, metric.mean, mean);
    expectClose(`${key} variance`, metric.variance, variance);
  }
}

function expectClose(what: string, actual: number | null, expected: number | undefined): void {
  if (expected === undefined) {
    expect({ [what]: actual }).toEqual({ [what]: null });
    return;
  }
  const error = Math.abs((actual ?? Number.NaN) - expected);
  expect(error, `${what}: ${actual} is not ${expected}`).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}
