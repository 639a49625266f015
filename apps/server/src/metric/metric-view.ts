import type { MetricState } from '@summa/core/metric/metric-state';
import type { ResolvedDefinition } from '@summa/core/metric/resolve-definitions';
import type { RunRef } from '../services.ts';

/** A metric of a run as GraphQL sees it. */
export interface MetricView {
  readonly run: RunRef;
  readonly key: string;
  readonly state: MetricState;
  /** How many values all metrics of the run have. */
  readonly runPoints: number;
  /** What the definitions of the run say about it; null when nothing. */
  readonly definition: ResolvedDefinition | null;
}
