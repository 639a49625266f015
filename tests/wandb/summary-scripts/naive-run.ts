import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import type { DefineArguments, Operation } from './operation.ts';

/** Elements of a key, outermost first. */
export type Path = readonly string[];

/** One value that a row brought. */
export interface Logged {
  readonly path: Path;
  readonly value: JsonValue;
  /** Whether the client put it there, as the step metric of another value. */
  readonly isSynced?: true;
}

/** What happened to a run, in the order in which it counts: a row counts when it is complete, a write at once. */
export type Event =
  | { readonly is: 'row'; readonly step: number; readonly logged: readonly Logged[] }
  | { readonly is: 'definition'; readonly name: string; readonly how: DefineArguments }
  | { readonly is: 'write'; readonly path: Path; readonly value: JsonValue }
  | { readonly is: 'deletion'; readonly path: Path };

/**
 * What the client makes of the calls of a script, by its documented rules: calls of one step are one row, leaf by leaf; a call for a
 * step that is gone is dropped; a row that lacks the step metric of one of its values gets the last number of it, or 0.
 */
export function eventsOf(operations: readonly Operation[]): Event[] {
  const events: Event[] = [];
  let step = 0;
  let pending: readonly Logged[] | null = null;
  const flush = () => {
    if (pending) events.push({ is: 'row', step, logged: [...pending, ...syncedSteps(pending, events)] });
    pending = null;
  };
  for (const operation of operations) {
    if (operation.do === 'log') {
      const to = operation.how.step ?? step;
      if (to < step) continue;
      if (to > step) flush();
      step = to;
      pending = leavesOf([], operation.values).reduce(withLeaf, pending ?? []);
      if (operation.how.commit ?? operation.how.step === undefined) {
        flush();
        step += 1;
      }
    } else if (operation.do === 'define') events.push({ is: 'definition', name: operation.name, how: operation.how });
    else if (operation.do === 'write') events.push({ is: 'write', path: operation.path, value: operation.value });
    else if (operation.do === 'delete') events.push({ is: 'deletion', path: operation.path });
    else
      for (const [name, value] of Object.entries(operation.values)) events.push({ is: 'write', path: [name], value });
  }
  flush();
  return events;
}

/** The leaves at and below a path: dicts are taken apart, and an empty one has none. */
export function leavesOf(path: Path, value: JsonValue): Logged[] {
  if (!isJsonObject(value) || '_type' in value) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf([...path, name], inner));
}

/** Whether a path is another, or lies above or below it. */
export function areRelated(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((element, i) => element === b[i]);
}

/** Whether a path is another, or lies below it. */
export function isAtOrBelow(path: Path, above: Path): boolean {
  return path.length >= above.length && areRelated(path, above);
}

export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && areRelated(a, b);
}

function withLeaf(row: readonly Logged[], leaf: Logged): Logged[] {
  return [...row.filter(({ path }) => !areRelated(path, leaf.path)), leaf];
}

/** Only exact names are given step metrics. The client remembers numbers of a step metric from when it was first named as one. */
function syncedSteps(row: readonly Logged[], events: readonly Event[]): Logged[] {
  const added: Logged[] = [];
  for (const { path } of row) {
    const name = syncedStepOf(path, events);
    if (name === null) continue;
    const step = pathOfName(name);
    if ([...row, ...added].some((leaf) => areRelated(leaf.path, step))) continue;
    const from = events.findIndex((event) => event.is === 'definition' && event.how.step_metric === name);
    const numbers = events.slice(from).flatMap((event) => valuesIn(event, step).filter(isNumber));
    added.push({ path: step, value: numbers.at(-1) ?? 0, isSynced: true });
  }
  return added;
}

function syncedStepOf(path: Path, events: readonly Event[]): string | null {
  let step: string | null = null;
  let isSynced = false;
  for (const event of events) {
    if (event.is !== 'definition' || !isNameOf(event.name, path)) continue;
    if (event.how.overwrite) [step, isSynced] = [null, false];
    step = event.how.step_metric ?? step;
    isSynced ||= event.how.step_sync ?? event.how.step_metric !== undefined;
  }
  return isSynced ? step : null;
}

/** For the step metric alone, the client takes a dot in a key for one that parts elements. */
function isNameOf(name: string, path: Path): boolean {
  return name === path.join('.');
}

/** The values that a row has at a path: one, or none; None is no value. */
export function valuesIn(event: Event, path: Path): JsonValue[] {
  if (event.is !== 'row') return [];
  return event.logged.flatMap((leaf) => (isSamePath(leaf.path, path) && leaf.value !== null ? [leaf.value] : []));
}

/** The path that a name means in `define_metric`, where `\.` is a dot within an element. */
export function pathOfName(name: string): Path {
  return name.split(/(?<!\\)\./).map((element) => element.replaceAll('\\.', '.'));
}

/** Whether W&B takes a value for a number. */
export function isNumber(value: JsonValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
