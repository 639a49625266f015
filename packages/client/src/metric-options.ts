import { type MetricDefinition, parseDefinition } from '@summa/core/metric/metric-definition';
import type { DefineMetricInput } from './generated/graphql.ts';

/** What the summary shall show of a metric, or of all whose key matches a glob. */
export interface MetricOptions {
  /**
   * Statistics, as a comma list or a list: min, max, mean, best, last, first, count, sum, variance, stddev, median, p0
   * to p100, `copy` (the last value as it is) or `none`. Another call for the same name adds to them.
   */
  readonly summary?: string | readonly string[];
  /** Which way is better: `best` needs it. */
  readonly goal?: 'minimize' | 'maximize';
  /** The key of the metric that charts use as x axis. */
  readonly stepMetric?: string;
  readonly stepSync?: boolean;
  /** Keeps the metric out of charts that nobody asked for. */
  readonly hidden?: boolean;
  /** Forgets what earlier calls for this name said. */
  readonly overwrite?: boolean;
}

const wireGoals = { minimize: 'MINIMIZE', maximize: 'MAXIMIZE' } as const;

/** Reads a definition by core's rules; throws INVALID_DEFINITION that names every bad option. */
export function readDefinition(name: string, options: MetricOptions): MetricDefinition {
  return parseDefinition({ ...options, name });
}

/** A definition as the server takes it; what it does not say is left out. */
export function toWireDefinition(definition: MetricDefinition): Omit<DefineMetricInput, 'runId'> {
  const { name, summary, goal, stepMetric, stepSync, hidden, overwrite } = definition;
  return {
    name,
    ...(summary.length > 0 && { summary: [...summary] }),
    ...(goal !== null && { goal: wireGoals[goal] }),
    ...(stepMetric !== null && { stepMetric }),
    ...(stepSync !== null && { stepSync }),
    ...(hidden !== null && { hidden }),
    ...(overwrite && { overwrite }),
  };
}
