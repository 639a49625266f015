import type { JsonValue, Statistic } from '@summa/client';
import { equalJson } from '@summa/core/json/equal-json';
import type { JsonObject } from '@summa/core/json/json-value';
import { ancestorKeys, parseKey } from '@summa/core/key/key-path';
import { type DefinitionResolver, resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import { parseStatistic, parseStatistics } from '@summa/core/metric/statistic';
import type { CompareRunsQuery } from '../../generated/graphql.ts';
import { documentLeaves } from '../../runs/document-leaves.ts';
import { bestColumns, type RowGoal } from './best-columns.ts';
import type { CompareSearch } from './compare-search.ts';

/** A run as it was read. */
export type ComparedRun = NonNullable<CompareRunsQuery['project']>['runs']['nodes'][number];

/** One value of every run. */
export interface CompareRow {
  /** The key as the document has it, which names the row in its section: `val/loss`, or `val/loss.min`. */
  readonly id: string;
  readonly section: 'config' | 'summary';
  /** What is shown as its key: for a statistic of a metric the metric's own. */
  readonly key: string;
  /** The metric whose statistic may be chosen; null for what is no metric of numbers. */
  readonly metric: string | null;
  /** What the document itself shows of the metric: `value`, `min`, `p95`. */
  readonly ownStatistic: string;
  /** What was chosen instead. */
  readonly chosen: Statistic | null;
  /** By column; undefined where the run has none. */
  readonly values: readonly (JsonValue | undefined)[];
  readonly differs: boolean;
  readonly best: ReadonlySet<number>;
}

/** The values of chosen statistics: for a key and a statistic one for each run, by the run's id. */
export type ChosenValues = ReadonlyMap<string, ReadonlyMap<string, JsonValue | undefined>>;

/** Names a column of `ChosenValues`. */
export function chosenName(key: string, statistic: Statistic): string {
  return `${statistic} ${key}`;
}

/** What decides which rows there are. */
export type RowChoice = Pick<CompareSearch, 'diff' | 'q' | 'stats'>;

/** The rows of the config, then of the summary, each by key. */
export function compareRows(runs: readonly ComparedRun[], chosenValues: ChosenValues, choice: RowChoice): CompareRow[] {
  const wanted = choice.q?.trim().toLowerCase() ?? '';
  return [...configRows(runs), ...summaryRows(runs, chosenValues, choice.stats ?? {})].filter(
    (row) => (!choice.diff || row.differs) && row.id.toLowerCase().includes(wanted),
  );
}

/** The metrics of numbers that at least one of the runs has logged, by key. */
export function numberMetrics(runs: readonly ComparedRun[]): string[] {
  const keys = runs.flatMap(({ historyKeys }) => historyKeys.filter(({ kind }) => isNumeric(kind)));
  return [...new Set(keys.map(({ key }) => key))].sort(byKey);
}

function configRows(runs: readonly ComparedRun[]): CompareRow[] {
  return tableOf(runs.map(({ config }) => config)).map(([id, values]) => ({
    id,
    section: 'config',
    key: id,
    metric: null,
    ownStatistic: '',
    chosen: null,
    values,
    differs: differ(values),
    best: new Set(),
  }));
}

function summaryRows(
  runs: readonly ComparedRun[],
  chosenValues: ChosenValues,
  stats: NonNullable<RowChoice['stats']>,
): CompareRow[] {
  const metrics = new Set(numberMetrics(runs));
  const resolvers = runs.map(({ definitions }) => resolverOf(definitions));
  return tableOf(runs.map(({ summary }) => summary.document)).map(([id, shown]) => {
    const { metric, ownStatistic } = metricOf(id, metrics);
    const chosen = metric === null ? null : (stats[id] ?? null);
    const column = metric === null || chosen === null ? undefined : chosenValues.get(chosenName(metric, chosen));
    const values = chosen === null ? shown : runs.map((run) => column?.get(run.id));
    const goal = metric === null ? null : goalOf(metric, resolvers, chosen?.toLowerCase() ?? ownStatistic);
    return {
      id,
      section: 'summary',
      key: metric ?? id,
      metric,
      ownStatistic,
      chosen,
      values,
      differs: differ(values),
      best: bestColumns(values, goal),
    };
  });
}

/** For every key of the documents the value of each, by key. */
function tableOf(documents: readonly JsonValue[]): [string, (JsonValue | undefined)[]][] {
  // Both documents of a run are objects.
  const leaves = documents.map((document) => documentLeaves(document as JsonObject));
  const keys = new Set(leaves.flatMap((each) => [...each.keys()]));
  return [...keys].sort(byKey).map((key) => [key, leaves.map((each) => each.get(key))]);
}

function metricOf(id: string, metrics: ReadonlySet<string>): Pick<CompareRow, 'metric' | 'ownStatistic'> {
  if (metrics.has(id)) return { metric: id, ownStatistic: 'value' };
  const above = ancestorKeys(id).find((key) => metrics.has(key));
  const last = parseKey(id).at(-1) ?? '';
  return above !== undefined && id === `${above}.${last}` && parseStatistic(last) !== undefined
    ? { metric: above, ownStatistic: last }
    : { metric: null, ownStatistic: '' };
}

// More or fewer values, or a wider spread, are neither better nor worse.
const WITHOUT_GOAL: ReadonlySet<string> = new Set(['count', 'nan_count', 'stddev', 'variance']);

/** Which way a metric gets better, when all runs that say so agree. */
function goalOf(metric: string, resolvers: readonly DefinitionResolver[], statistic: string): RowGoal {
  if (WITHOUT_GOAL.has(statistic)) return null;
  const goals = new Set(resolvers.map((resolve) => resolve(metric)?.goal ?? null));
  goals.delete(null);
  return goals.size === 1 ? ([...goals][0] ?? null) : null;
}

function resolverOf(definitions: ComparedRun['definitions']): DefinitionResolver {
  return resolveDefinitions(
    definitions.map(({ name, summary, goal, overwrite }) => ({
      name,
      summary: parseStatistics(summary),
      goal: goal === null ? null : goal === 'MINIMIZE' ? 'minimize' : 'maximize',
      stepMetric: null,
      stepSync: null,
      hidden: null,
      overwrite,
    })),
  );
}

function differ(values: readonly (JsonValue | undefined)[]): boolean {
  return values.some((value) => !isSame(value, values[0]));
}

/** Whether two runs have the same at a key; having nothing is the same as having nothing only. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equalJson(a, b);
}

function isNumeric(kind: string): boolean {
  return kind === 'NUMBER' || kind === 'BOOLEAN';
}

const collator = new Intl.Collator('en', { numeric: true });

function byKey(a: string, b: string): number {
  return collator.compare(a, b);
}
