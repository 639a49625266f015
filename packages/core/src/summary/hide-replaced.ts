import { ancestorKeys } from '../key/key-path.ts';
import type { DerivedMetric } from './derived-metric.ts';

/**
 * The metrics that show something and that a document can hold beside one another: of two that exclude each other (`a` and `a.b`) only the one
 * whose last value is later, by step, then by time; of equally late ones the deeper.
 *
 * A metric stays hidden by one that is itself hidden: after a.b, a, a.c were logged, in this order, only a.c is left.
 */
export function hideReplaced(given: readonly DerivedMetric[]): readonly DerivedMetric[] {
  const metrics = given.filter((metric) => metric.shown.kind !== 'absent');
  if (!metrics.some((metric) => metric.key.includes('.'))) return metrics;
  const byKey = new Map(metrics.map((metric) => [metric.key, metric]));
  const hidden = new Set<DerivedMetric>();
  for (const metric of metrics) {
    for (const key of ancestorKeys(metric.key)) {
      const above = byKey.get(key);
      if (above) hidden.add(isLater(above, metric) ? metric : above);
    }
  }
  return hidden.size === 0 ? metrics : metrics.filter((metric) => !hidden.has(metric));
}

function isLater(a: DerivedMetric, b: DerivedMetric): boolean {
  return a.lastStep === b.lastStep ? a.lastTime > b.lastTime : a.lastStep > b.lastStep;
}
