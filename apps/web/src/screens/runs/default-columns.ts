import type { Statistic, ValueKind } from '../../generated/graphql.ts';
import { type Column, columnId, columnWords } from './column.ts';
import { type Best, type ShownColumn, shownColumn } from './runs-view.ts';

/** A metric of a run, as far as the choice of columns needs it. */
export interface MetricFacts {
  readonly key: string;
  readonly kind: ValueKind;
  readonly goal: 'MINIMIZE' | 'MAXIMIZE' | null;
  readonly hidden: boolean;
  readonly definition: { readonly summary: readonly string[] } | null;
}

const MOST_METRICS = 8;
const STATISTICS = new Map<string, Statistic>([
  ['min', 'MIN'],
  ['max', 'MAX'],
  ['mean', 'MEAN'],
  ['best', 'BEST'],
  ['last', 'LAST'],
  ['first', 'FIRST'],
  ['count', 'COUNT'],
  ['sum', 'SUM'],
  ['variance', 'VARIANCE'],
  ['stddev', 'STDDEV'],
]);

/**
 * The columns of a project of which nobody has said which are wanted: the runs themselves, what they were started with, and the
 * first of what the newest of them show.
 */
export function defaultColumns(
  metricsOfRuns: readonly (readonly MetricFacts[])[],
  config: readonly Column[] = [],
): ShownColumn[] {
  const fields = (['name', 'state', 'created', 'runtime', 'tags'] as const).map((field) =>
    shownColumn({ kind: 'field', field }, field === 'name'),
  );
  const metrics = new Map<string, Column>();
  for (const metric of metricsOfRuns.flat())
    for (const column of shownBy(metric)) {
      const id = `${column.key}:${column.statistic}`;
      if (!metrics.has(id)) metrics.set(id, column);
    }
  // What clients add by themselves, such as "_runtime", comes after what was logged.
  const isOwn = (column: Column) => column.kind === 'summary' && column.key.startsWith('_');
  const ordered = [...metrics.values()].sort((a, b) => Number(isOwn(a)) - Number(isOwn(b)));
  const values = [...config, ...ordered.slice(0, MOST_METRICS)];
  return [...fields, ...values.map((column) => shownColumn(column))];
}

/** What the summary document shows of a metric, column by column; media and lists are for the page of the run. */
function shownBy({ key, kind, hidden, definition }: MetricFacts): Extract<Column, { kind: 'summary' }>[] {
  const asked = definition?.summary ?? [];
  if (hidden || asked.includes('none') || kind === 'OBJECT' || kind === 'LIST') return [];
  const statistics = asked.flatMap((name) => STATISTICS.get(name) ?? []);
  if (statistics.length === 0) return [{ kind: 'summary', key, statistic: 'VALUE' }];
  return statistics.map((statistic) => ({ kind: 'summary', key, statistic }));
}

/** Which end of a column is the best one: what was chosen, else what the goal of the metric or its statistic says. */
export function bestEnd({ column, best }: ShownColumn, goals: ReadonlyMap<string, 'MINIMIZE' | 'MAXIMIZE'>): Best {
  if (best !== undefined) return best;
  if (column.kind !== 'summary') return 'none';
  const goal = goals.get(column.key);
  switch (column.statistic) {
    case 'MIN':
      return goal === 'MAXIMIZE' ? 'none' : 'low';
    case 'MAX':
      return goal === 'MINIMIZE' ? 'none' : 'high';
    case 'VALUE':
    case 'LAST':
    case 'MEAN':
    case 'BEST':
      return goal === undefined ? 'none' : goal === 'MINIMIZE' ? 'low' : 'high';
    default:
      return 'none';
  }
}

/** The goals that the runs of a project give their metrics; of several for one metric the first. */
export function goalsOf(metricsOfRuns: readonly (readonly MetricFacts[])[]): Map<string, 'MINIMIZE' | 'MAXIMIZE'> {
  const goals = new Map<string, 'MINIMIZE' | 'MAXIMIZE'>();
  for (const { key, goal } of metricsOfRuns.flat()) if (goal !== null && !goals.has(key)) goals.set(key, goal);
  return goals;
}

/**
 * The names of columns: a statistic that the summary document shows is named as it is there, `loss.min`, and a value of the
 * config that has the key of a metric is `config.lr`.
 */
export function columnLabels(metricsOfRuns: readonly (readonly MetricFacts[])[]): (column: Column) => string {
  const named = new Map<string, string>();
  const metrics = new Set(metricsOfRuns.flat().map(({ key }) => key));
  for (const metric of metricsOfRuns.flat()) {
    for (const column of shownBy(metric)) {
      if (column.statistic !== 'VALUE') named.set(columnId(column), `${column.key}.${column.statistic.toLowerCase()}`);
    }
  }
  return (column) => {
    if (column.kind === 'config' && metrics.has(column.key)) return `config.${column.key}`;
    return named.get(columnId(column)) ?? columnWords(column);
  };
}
