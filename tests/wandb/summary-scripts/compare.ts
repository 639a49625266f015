import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { clientView, lastRowOf } from './client-view.ts';
import type { Decision, Difference, DifferentMetric } from './decision.ts';
import { DECISIONS } from './decisions.ts';
import { expectedSummary, loggedPaths, type Shown, valuesOf, wishesOf, wishFor } from './expected-summary.ts';
import { eventsOf, isSamePath, type Path } from './naive-run.ts';
import type { Operation } from './operation.ts';
import { isNear, isSame } from './same-value.ts';

/** What came of one script. */
export interface Played {
  readonly operations: readonly Operation[];
  readonly client: JsonObject;
  readonly ours: JsonObject;
}

/** What comparing the two summaries of a script gave. */
export interface Comparison {
  /** Leaves that both show alike. */
  readonly equal: number;
  /** The names of the decisions that explained a difference. */
  readonly decisions: ReadonlySet<string>;
  /** What is wrong: a leaf of ours that is not what it must be, or a difference that no decision explains. */
  readonly problems: readonly string[];
}

/** Compares what ours shows with what it must show, and every difference from the client's summary with the decisions. */
export function compare({ operations, client, ours }: Played, known: readonly Decision[] = DECISIONS): Comparison {
  const events = eventsOf(operations);
  const theirs = leavesOfDocument([], client);
  const own = leavesOfDocument([], ours);
  const problems = wrongLeaves(
    expectedSummary(events),
    own.filter(({ path }) => path[0] !== '_runtime'),
  );
  const decisions = new Set<string>();
  let equal = 0;
  for (const path of distinctPaths([...theirs, ...own])) {
    const difference = { events, path, client: valueAt(theirs, path), ours: valueAt(own, path) };
    if (isSame(difference.client, difference.ours)) {
      equal += path[0]?.startsWith('_') ? 0 : 1;
      continue;
    }
    const metric = metricOf(difference, theirs);
    const decision = known.find(({ explains }) => explains({ ...difference, metric }));
    if (decision) decisions.add(decision.name);
    else
      problems.push(
        `${path.join(' > ')}: no decision explains ${show(difference.client)} of the client and ${show(difference.ours)} of ours`,
      );
  }
  return { equal, decisions, problems };
}

function wrongLeaves(expected: readonly Shown[], own: readonly Shown[]): string[] {
  return distinctPaths([...expected, ...own]).flatMap((path) => {
    const [right, shown] = [valueAt(expected, path), valueAt(own, path)];
    const isRight = path.at(-1) === 'mean' ? isNear(right, shown) : isSame(right, shown);
    return isRight ? [] : [`${path.join(' > ')}: ours shows ${show(shown)}, and must show ${show(right)}`];
  });
}

function metricOf({ events, path }: Omit<Difference, 'metric'>, theirs: readonly Shown[]): DifferentMetric | null {
  const paths = loggedPaths(events);
  const itself = paths.find((logged) => isSamePath(logged, path));
  const metric = itself ?? paths.find((logged) => isSamePath(logged, path.slice(0, -1)));
  if (!metric) return null;
  return {
    path: metric,
    statistic: itself ? '' : (path.at(-1) ?? ''),
    values: valuesOf(events, metric),
    lastRow: lastRowOf(events, metric),
    client: clientView(events, metric),
    ours: wishFor(wishesOf(events), metric),
    isShownByClient: theirs.some((leaf) => isSamePath(leaf.path.slice(0, metric.length), metric)),
  };
}

function leavesOfDocument(path: Path, value: JsonValue): Shown[] {
  if (!isJsonObject(value) || '_type' in value || (path.length > 0 && Object.keys(value).length === 0))
    return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOfDocument([...path, name], inner));
}

function distinctPaths(leaves: readonly Shown[]): Path[] {
  return leaves
    .map(({ path }) => path)
    .filter((path, i, all) => all.findIndex((other) => isSamePath(other, path)) === i);
}

function valueAt(leaves: readonly Shown[], path: Path): JsonValue | undefined {
  return leaves.find((leaf) => isSamePath(leaf.path, path))?.value;
}

function show(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : String(typeof value === 'object' ? JSON.stringify(value) : value);
}
