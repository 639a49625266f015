import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import { areRelated, type Event, isNumber, isSamePath, type Path, pathOfName, valuesIn } from './naive-run.ts';
import { isSame } from './same-value.ts';

/** One leaf of a summary. */
export interface Shown {
  readonly path: Path;
  readonly value: JsonValue;
}

/** What is shown of one metric: its statistics, nothing (`none`), or its last value. */
export interface Wish {
  readonly statistics: readonly string[];
  readonly isLeftOut: boolean;
}

/** What our own API must show at the end of a script, leaf by leaf: the rule of a summary in its plainest form. */
export function expectedSummary(events: readonly Event[]): Shown[] {
  const wishes = wishesOf(events);
  const shown: Shown[] = [];
  for (const path of loggedPaths(events)) {
    const statistics = shownOfMetric(valuesOf(events, path), wishFor(wishes, path));
    const own = statistics.map(([name, value]) => ({ path: name === '' ? path : [...path, name], value }));
    if (own.length > 0 && !isReplaced(events, path, wishes)) shown.push(...own);
  }
  const written = explicitValues(events);
  return [...shown.filter((leaf) => !written.some((one) => areRelated(one.path, leaf.path))), ...written];
}

/** The paths that were logged with a value, in the order of their first one. */
export function loggedPaths(events: readonly Event[]): Path[] {
  const paths: Path[] = [];
  for (const event of events) {
    for (const { path, value } of event.is === 'row' ? event.logged : []) {
      if (value !== null && !paths.some((known) => isSamePath(known, path))) paths.push(path);
    }
  }
  return paths;
}

/** The values of a metric, one a row. */
export function valuesOf(events: readonly Event[], path: Path): JsonValue[] {
  return events.flatMap((event) => valuesIn(event, path));
}

/** A statistic of values, or undefined when there is none. Booleans are 0 and 1; only finite numbers count. */
export function statisticOf(name: string, values: readonly JsonValue[]): JsonValue | undefined {
  if (name === 'first') return values[0];
  if (name === 'last') return values.at(-1);
  const finite = values
    .filter((value) => isNumber(value) || typeof value === 'boolean')
    .map(Number)
    .filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  if (name === 'min') return Math.min(...finite);
  if (name === 'max') return Math.max(...finite);
  return sumOf(finite) / finite.length;
}

/** A sum that loses nothing to rounding but once, at its end (Neumaier). */
function sumOf(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function shownOfMetric(values: readonly JsonValue[], wish: Wish): (readonly [string, JsonValue])[] {
  const last = values.at(-1);
  if (wish.isLeftOut || last === undefined) return [];
  if (wish.statistics.length === 0) return [['', last]];
  const statistics = wish.statistics.flatMap((name) => {
    const value = statisticOf(name, values);
    return value === undefined ? [] : [[name, value] as const];
  });
  const hasNumbers = values.some((value) => isNumber(value) || typeof value === 'boolean');
  return statistics.length === 0 && !hasNumbers ? [['', last]] : statistics;
}

/** What was defined in the end, by name: words add up, `none` is as the last definition with words says, overwrite starts anew. */
export function wishesOf(events: readonly Event[]): Map<string, Wish> {
  const wishes = new Map<string, Wish>();
  for (const event of events) {
    if (event.is !== 'definition') continue;
    const before = event.how.overwrite ? undefined : wishes.get(event.name);
    const words = (event.how.summary ?? '').split(',').filter((word) => word !== '');
    const added = words.filter((word) => word !== 'none' && word !== 'copy');
    wishes.set(event.name, {
      statistics: [...new Set([...(before?.statistics ?? []), ...added])],
      isLeftOut: words.length > 0 ? words.includes('none') : (before?.isLeftOut ?? false),
    });
  }
  return wishes;
}

const NO_WISH: Wish = { statistics: [], isLeftOut: false };

/** The exact name holds, or else the glob with the longest text; two globs of one length are one glob. */
export function wishFor(wishes: ReadonlyMap<string, Wish>, path: Path): Wish {
  for (const [name, wish] of wishes) if (!name.endsWith('*') && isSamePath(pathOfName(name), path)) return wish;
  const globs = [...wishes].filter(([name]) => matchesGlob(name, path)).sort(([a], [b]) => b.length - a.length);
  return globs[0]?.[1] ?? NO_WISH;
}

export function matchesGlob(name: string, path: Path): boolean {
  if (!name.endsWith('*') || path[0]?.startsWith('_')) return false;
  return path.join('\0').startsWith(pathOfName(name.slice(0, -1)).join('\0'));
}

/** Whether a metric that excludes this one, and shows something, was logged later. */
function isReplaced(events: readonly Event[], path: Path, wishes: ReadonlyMap<string, Wish>): boolean {
  const rowOf = (at: Path) => events.findLastIndex((event) => valuesIn(event, at).length > 0);
  return loggedPaths(events).some(
    (other) =>
      !isSamePath(other, path) &&
      areRelated(other, path) &&
      rowOf(other) > rowOf(path) &&
      shownOfMetric(valuesOf(events, other), wishFor(wishes, other)).length > 0,
  );
}

/**
 * What was written by hand and neither deleted nor logged or written over. A value that was logged last anyway is none. The client
 * does not write what is logged of a metric while it is left out, so that what was written by hand stays.
 */
export function explicitValues(events: readonly Event[]): Shown[] {
  let written: Shown[] = [];
  events.forEach((event, i) => {
    if (event.is === 'definition') return;
    const before = events.slice(0, i);
    const isEnded = (one: Shown) =>
      event.is === 'row' ? event.logged.some((leaf) => isEndedBy(leaf, one, before)) : areRelated(one.path, event.path);
    written = written.filter((one) => !isEnded(one));
    if (event.is === 'write') written.push({ path: event.path, value: event.value });
  });
  return written
    .flatMap(({ path, value }) => writtenLeaves(path, value))
    .filter(({ path, value }) => !isNothing(value) && !isSame(valuesOf(events, path).at(-1), value))
    .filter(({ path }) => !isAskedFor(events, path));
}

/** Whether a path is that of a statistic which a definition of its metric asks for: that one is always folded. */
function isAskedFor(events: readonly Event[], path: Path): boolean {
  const metric = path.slice(0, -1);
  const isLogged = metric.length > 0 && valuesOf(events, metric).length > 0;
  return isLogged && wishFor(wishesOf(events), metric).statistics.includes(path.at(-1) ?? '');
}

function isEndedBy(logged: Shown, written: Shown, before: readonly Event[]): boolean {
  if (logged.value === null || !areRelated(logged.path, written.path)) return false;
  return logged.path.length > written.path.length || !wishFor(wishesOf(before), logged.path).isLeftOut;
}

/** As `leavesOf`, but an empty dict that was written by hand stays. */
function writtenLeaves(path: Path, value: JsonValue): Shown[] {
  if (!isJsonObject(value) || '_type' in value || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => writtenLeaves([...path, name], inner));
}

/** The client writes NaN as null, and null says nothing. */
function isNothing(value: JsonValue): boolean {
  return value === null || (typeof value === 'number' && Number.isNaN(value));
}
