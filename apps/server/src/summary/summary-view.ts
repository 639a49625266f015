import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import type { MetricState } from '@summa/core/metric/metric-state';
import { type DefinitionResolver, resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import { isSystemKey } from '@summa/core/summary/select-metrics';
import {
  documentValue,
  neededQuantiles,
  type SummarySource,
  summaryDocument,
} from '@summa/core/summary/summary-document';
import type { RequestContext } from '../access/request-context.ts';
import { keepWireForm } from '../graphql/wire-form.ts';
import type { MetricView } from '../metric/metric-view.ts';
import type { RunRecord } from '../run/run-record.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import type { RunSummaryData } from './load-summaries.ts';
import { getNeededQuantiles } from './needed-quantiles.ts';

/** The summary of a run as GraphQL sees it, as of one moment. */
export interface SummaryView {
  readonly run: RunRecord;
  readonly ref: RunRef;
  readonly data: RunSummaryData;
  readonly definitions: DefinitionResolver;
  /** How many values all metrics of the run have. */
  readonly points: number;
}

/** The summary of a run. @throws ServerError RUN_NOT_FOUND when it was deleted meanwhile */
export async function summaryOf({ loaders }: RequestContext, run: RunRecord): Promise<SummaryView> {
  const ref = { projectId: run.projectId, runId: run.id };
  const data = await loaders.summaries.load(ref);
  if (!data) throw new ServerError('RUN_NOT_FOUND', 'the run was deleted meanwhile');
  return { run, ref, data, ...outlineOf(data) };
}

type Outline = Pick<SummaryView, 'definitions' | 'points'>;

/** What is made of a summary once, however often it is looked at while it is kept. */
const outlines = new WeakMap<RunSummaryData, Outline>();
/** The whole documents of summaries of which nothing has to be read from columns. */
const documents = new WeakMap<RunSummaryData, JsonObject>();

function outlineOf(data: RunSummaryData): Outline {
  const known = outlines.get(data);
  if (known) return known;
  const made = { definitions: resolveDefinitions(data.definitions), points: countPoints(data.states.values()) };
  outlines.set(data, made);
  return made;
}

/** What people see: all of it, or what stands at some keys. */
export async function documentOf(
  context: RequestContext,
  view: SummaryView,
  keys: readonly string[] | undefined,
): Promise<JsonObject> {
  const known = keys ? undefined : documents.get(view.data);
  if (known) return known;
  const source = await sourceOf(context, view, keys);
  const document = summaryDocument(source);
  if (!keys && neededQuantiles(source).length === 0) {
    keepWireForm(document);
    documents.set(view.data, document);
  }
  return document;
}

/** What people see at one key; undefined when nothing. */
export async function shownAt(context: RequestContext, view: SummaryView, key: string): Promise<JsonValue | undefined> {
  return documentValue(key, await sourceOf(context, view, [key]));
}

/** A metric of the run; null when it was never logged. */
export function metricOf({ ref, data, definitions, points }: SummaryView, key: string): MetricView | null {
  const state = data.states.get(key);
  return state ? { run: ref, key, state, runPoints: points, definition: definitions(key) } : null;
}

/** The metrics of the run by their key: those that are named, or all; system metrics only when named or when the prefix names them. */
export function metricsOf(
  view: SummaryView,
  { keys, prefix }: { keys?: readonly string[] | undefined; prefix: string },
): MetricView[] {
  const wanted = keys ?? [...view.data.states.keys()].filter((key) => !isSystemKey(key) || isSystemKey(prefix));
  return [...new Set(wanted)]
    .filter((key) => key.startsWith(prefix))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((key) => metricOf(view, key) ?? []);
}

function countPoints(states: Iterable<MetricState>): number {
  let points = 0;
  for (const state of states) points += state.count;
  return points;
}

async function sourceOf(
  { loaders }: RequestContext,
  view: SummaryView,
  keys: readonly string[] | undefined,
): Promise<SummarySource> {
  const { states, explicit } = view.data;
  const source: SummarySource = { states, explicit, definitions: view.definitions, ...(keys && { keys }) };
  const quantile = await getNeededQuantiles({ run: view.ref, points: view.points }, source, (wishes) =>
    Promise.all(wishes.map((wish) => loaders.quantiles.load(wish))),
  );
  return { ...source, quantile };
}
