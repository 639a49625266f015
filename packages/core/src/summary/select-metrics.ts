import { ancestorKeys, isAtOrBelow, normalizeKey } from '../key/key-path.ts';

/** Keys of metrics that a summary never shows: the steps' own times. */
const RESERVED: ReadonlySet<string> = new Set(['_timestamp', '_step']);

/** Whether a key is a system metric: stored like any, shown apart from the summary. */
export function isSystemKey(key: string): boolean {
  return key.startsWith('system/');
}

/** Whether the summary document of a run may show a metric: not the row times, and not system metrics. */
export function isSummaryKey(key: string): boolean {
  return !RESERVED.has(key) && !isSystemKey(key);
}

/** Whether what stands at one key can hide or hold what stands at the other: they are equal, or one is above. */
export function areRelated(a: string, b: string): boolean {
  return isAtOrBelow(a, b) || isAtOrBelow(b, a);
}

/** A test for keys that are related to any of `wanted`; each test costs no more than the key's nesting. */
export function relatedTo(wanted: readonly string[]): (key: string) => boolean {
  const exact = new Set(wanted.map(normalizeKey));
  const above = new Set([...exact].flatMap(ancestorKeys));
  return (key) => exact.has(key) || above.has(key) || ancestorKeys(key).some((ancestor) => exact.has(ancestor));
}
