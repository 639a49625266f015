import { equalJson } from '@summa/core/json/equal-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import type { Explicit } from './summary-tree.ts';

/** A change of a summary, as `updateSummary` takes it. */
export interface SummaryChange {
  readonly clear?: readonly string[];
  readonly delete?: readonly string[];
  readonly set?: Readonly<Record<string, JsonValue>>;
}

type Entry = Pick<Explicit, 'key' | 'deleted' | 'value'>;

/**
 * The change that brings explicit values back to what they were: it clears what came or became another value, then
 * deletes and sets what was there. Null when both are the same.
 */
export function undoOf(before: readonly Entry[], after: readonly Entry[]): SummaryChange | null {
  const [old, now] = [byKey(before), byKey(after)];
  const clear = after.filter((entry) => !isSame(entry, old.get(entry.key))).map(({ key }) => key);
  const back = before.filter((entry) => !isSame(entry, now.get(entry.key)));
  const deleted = back.filter((entry) => entry.deleted).map(({ key }) => key);
  const set = back.filter((entry) => !entry.deleted).map(({ key, value }) => [key, fromWire(value)] as const);
  if (clear.length + back.length === 0) return null;
  return {
    ...(clear.length > 0 && { clear }),
    ...(deleted.length > 0 && { delete: deleted }),
    ...(set.length > 0 && { set: Object.fromEntries(set) }),
  };
}

function byKey(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}

function isSame(one: Entry, other: Entry | undefined): boolean {
  if (other === undefined || one.deleted !== other.deleted) return false;
  return one.deleted || equalJson(fromWire(one.value), fromWire(other.value));
}
