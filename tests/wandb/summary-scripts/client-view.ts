import type { JsonValue } from '@summa/core/json/json-value';
import type { Wish } from './expected-summary.ts';
import { areRelated, type Event, isNumber, isSamePath, type Path, pathOfName, valuesIn } from './naive-run.ts';

/** How the client looked at a metric when it wrote the last value of it into its summary, by its rules of definitions. */
export interface ClientView {
  /** What it was to show of the metric. */
  readonly wish: Wish;
  /** The globs that it took the definition from, one of them at random. */
  readonly globs: readonly string[];
  /** Whether a value written by hand had ended the statistics. */
  readonly isCancelled: boolean;
  /** The values since the metric was last deleted or written by hand. */
  readonly sinceWritten: readonly JsonValue[];
}

const NO_WISH: Wish = { statistics: [], isLeftOut: false };

/** By the client's rules a glob is asked once, when a metric is first logged after it; what it gave then is an exact definition. */
export function clientView(events: readonly Event[], path: Path): ClientView {
  const lastRow = events.findLastIndex((event) => valuesIn(event, path).length > 0);
  let wish: Wish | null = null;
  let globs: string[] = [];
  let isCancelled = false;
  let sinceWritten: JsonValue[] = [];
  events.slice(0, lastRow + 1).forEach((event, i) => {
    if (event.is === 'definition') {
      if (event.name.endsWith('*') || !isSamePath(pathOfName(event.name), path)) return;
      wish = merged(event.how.overwrite ? null : wish, event);
      isCancelled = false;
    } else if (event.is === 'row') {
      if (wish === null && isLoggedIn(event, path)) {
        globs = clientGlobs(events.slice(0, i), path);
        const [first] = globs;
        if (first !== undefined) wish = wishOfName(events.slice(0, i), first);
      }
      sinceWritten.push(...valuesIn(event, path));
    } else if (areRelated(event.path, path)) {
      sinceWritten = [];
      if (event.is === 'write') isCancelled = true;
    }
  });
  return { wish: wish ?? NO_WISH, globs, isCancelled, sinceWritten };
}

/** The last row in which a script itself logged a metric, by its place in the events; the first row of one that it never logged. */
export function lastRowOf(events: readonly Event[], path: Path): number {
  const logged = events.findLastIndex((event) => isLoggedIn(event, path));
  return logged === -1 ? events.findIndex((event) => valuesIn(event, path).length > 0) : logged;
}

/** What the client puts into a row as a step metric does not make it ask the globs. */
function isLoggedIn(event: Event, path: Path): boolean {
  return (
    event.is === 'row' &&
    event.logged.some((leaf) => isSamePath(leaf.path, path) && leaf.value !== null && !leaf.isSynced)
  );
}

/** The client's globs know nothing of dots within an element. */
function clientGlobs(events: readonly Event[], path: Path): string[] {
  if (path[0]?.startsWith('_') || path.some((element) => element.includes('.'))) return [];
  const names = events.flatMap((event) => (event.is === 'definition' && event.name.endsWith('*') ? [event.name] : []));
  return [...new Set(names)].filter((name) => path.join('.').startsWith(name.slice(0, -1)));
}

function wishOfName(events: readonly Event[], name: string): Wish {
  return events.reduce<Wish>(
    (wish, event) =>
      event.is === 'definition' && event.name === name ? merged(event.how.overwrite ? null : wish, event) : wish,
    NO_WISH,
  );
}

function merged(before: Wish | null, { how }: Extract<Event, { is: 'definition' }>): Wish {
  const words = (how.summary ?? '').split(',').filter((word) => word !== '');
  const added = words.filter((word) => word !== 'none' && word !== 'copy');
  return {
    statistics: [...new Set([...(before?.statistics ?? []), ...added])],
    isLeftOut: words.length > 0 ? words.includes('none') : (before?.isLeftOut ?? false),
  };
}

/** A statistic by the client's rules: only numbers count, one NaN spoils all, and where there is none it is 0, or NaN. */
export function clientStatistic(name: string, values: readonly JsonValue[]): JsonValue | undefined {
  if (name === 'first') return values[0];
  if (name === 'last') return values.at(-1);
  const numbers = values.filter(isNumber).map(Number);
  if (name === 'mean') return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  if (numbers.length === 0) return 0;
  return name === 'min' ? Math.min(...numbers) : Math.max(...numbers);
}
