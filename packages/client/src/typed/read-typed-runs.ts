import type { JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import type { FileTransport } from '../file/upload-file.ts';
import {
  type MetricSummaryFieldsFragment,
  ProjectRunsDocument,
  type ProjectRunsQuery,
  type RunFilter,
  type RunOrder,
} from '../generated/graphql.ts';
import { toMetricStatistics } from '../read/metric-statistics.ts';
import type { Page, ReadOptions } from '../read/read-pages.ts';
import { projectNotFound } from '../read/read-runs.ts';
import { toStoredRun } from '../read/stored-run.ts';
import type { ConfigKey, ProjectShape, SummaryKey } from './project-shape.ts';
import { NEVER_LOGGED, type SummaryStatistics } from './summary-value.ts';
import { type TypedRun, TypedRunQuestions } from './typed-run.ts';

/** Which runs of a known project to read, and what to bring along with each. */
export interface RunsSelection extends ReadOptions {
  readonly filter: RunFilter | undefined;
  readonly orderBy: readonly RunOrder[] | undefined;
  readonly config: readonly string[];
  readonly summary: readonly string[];
  readonly pageSize: number | undefined;
}

/** Fields that one operation may resolve, as the server counts them, and what one run takes of them. */
const MOST_FIELDS = 240_000;
const FIELDS_PER_RUN = 500;
const FIELDS_PER_METRIC = 40;

/** One page of typed runs, in one request. */
export async function loadTypedRuns<
  Shape extends ProjectShape,
  Config extends ConfigKey<Shape>,
  Summary extends SummaryKey<Shape>,
>(
  transport: FileTransport,
  path: { readonly entity: string; readonly project: string },
  { signal, after, ...selection }: RunsSelection & { readonly after: string | null },
): Promise<Page<TypedRun<Shape, Config, Summary>>> {
  const variables = { ...path, ...toVariables(selection), after };
  const { project } = await transport.execute(ProjectRunsDocument, variables, { signal });
  if (project === null) throw projectNotFound(path);
  const { nodes, columns, pageInfo } = project.runs;
  const shown = columns.map(({ values }) => values.map((value) => fromWire(value)));
  const items = nodes.map(({ summary, ...fields }, i) => {
    const cells = shown.map((values) => values[i] ?? null);
    const config = entriesOf(selection.config, cells);
    const values = summaryOf(selection.summary, cells.slice(selection.config.length), summary);
    return Object.assign(
      new TypedRunQuestions<Shape, Config, Summary>(toStoredRun(transport, fields), config, values),
      fields,
    );
  });
  return { items, after: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

function toVariables({ filter, orderBy, config, summary, pageSize }: RunsSelection) {
  const most = Math.floor(MOST_FIELDS / (FIELDS_PER_RUN + FIELDS_PER_METRIC * summary.length));
  return {
    filter,
    orderBy: orderBy && [...orderBy],
    first: pageSize ?? Math.max(1, Math.min(50, most)),
    config: [...config],
    summary: summary.map((key) => ({ key, statistic: 'VALUE' as const })),
    metrics: [...summary],
    metricCount: summary.length,
    withMetrics: summary.length > 0,
  };
}

type Cell = JsonValue | null;

function entriesOf(keys: readonly string[], cells: readonly Cell[]): Record<string, Cell | undefined> {
  return Object.fromEntries(keys.map((key, i) => [key, cells[i] ?? undefined]));
}

type ListedSummary = NonNullable<ProjectRunsQuery['project']>['runs']['nodes'][number]['summary'];

function summaryOf(keys: readonly string[], cells: readonly Cell[], summary: ListedSummary): object {
  const metrics = new Map(summary?.metrics.nodes.map((metric) => [metric.key, metric]));
  const shown = keys.map((key, i) => {
    const value = cells[i] ?? null;
    return [key, value === null ? undefined : { value, ...statisticsOf(metrics.get(key)) }] as const;
  });
  return Object.fromEntries(shown);
}

function statisticsOf(fields: MetricSummaryFieldsFragment | undefined): SummaryStatistics {
  if (fields === undefined) return NEVER_LOGGED;
  const { key: _key, kind: _kind, path: _path, percentiles: _none, ...statistics } = toMetricStatistics(fields);
  return statistics;
}
