import type { RunOrder } from '@summa/core/query/compare-runs';
import type { RunFilter } from '@summa/core/query/run-filter';
import type { RunTarget } from '@summa/core/query/run-target';
import type { MetricKeys } from '../metric/metric-keys.ts';

/** A target that names a key. */
type KeyTarget = Exclude<RunTarget, { readonly section: 'field' }>;

/** The numbers of the keys that a filter and an order name; a key that no run of the project ever had has none. */
export interface KeyIds {
  idOf(target: KeyTarget): number | undefined;
}

/** Looks up the keys that these targets name: at most one statement a section, none for keys seen before. */
export async function findKeyIds(keys: MetricKeys, projectId: string, targets: readonly RunTarget[]): Promise<KeyIds> {
  const idsOf = (section: KeyTarget['section']) => {
    const named = targets.flatMap((target) => (target.section === section ? target.key : []));
    return named.length === 0 ? new Map<string, number>() : keys.existing(projectId, section, [...new Set(named)]);
  };
  const [config, summary] = await Promise.all([idsOf('config'), idsOf('summary')]);
  return { idOf: (target) => (target.section === 'config' ? config : summary).get(target.key) };
}

/** Everything that a filter and an order look at. */
export function targetsOf(filter: RunFilter, order: readonly RunOrder[]): RunTarget[] {
  return [...filterTargets(filter), ...order.map((level) => level.target)];
}

function filterTargets(filter: RunFilter): RunTarget[] {
  if ('and' in filter) return filter.and.flatMap(filterTargets);
  if ('or' in filter) return filter.or.flatMap(filterTargets);
  return 'not' in filter ? filterTargets(filter.not) : [filter.target];
}
