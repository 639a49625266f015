import type { JsonObject } from '@summa/core/json/json-value';
import { numberFromWire } from '@summa/core/json/wire-json';
import type { RunField, RunTarget } from '@summa/core/query/run-target';

/** The fields of a run that runs are grouped by; each is a text, but TAGS, where a run is in the group of each of its tags. */
export const GROUP_FIELDS = [
  'DISPLAY_NAME',
  'STATE',
  'GROUP',
  'JOB_TYPE',
  'USER',
  'TAGS',
] as const satisfies RunField[];

/** What runs are grouped by. */
export type GroupKey =
  | Extract<RunTarget, { section: 'config' }>
  | { section: 'field'; field: (typeof GROUP_FIELDS)[number] };

/**
 * What the runs of a group have under one key: a scalar, or `other` (a list, an object, NaN, or text too long to compare), or
 * nothing. They come in this order: numbers, texts by code point, booleans, other, nothing.
 */
export type GroupValue =
  | { readonly kind: 'scalar'; readonly value: number | string | boolean }
  | { readonly kind: 'other' }
  | { readonly kind: 'missing' };

/** The filter, as the API takes it, that lets through exactly the runs of a group, of those that have any values for these keys. */
export function groupFilter(keys: readonly GroupKey[], values: readonly GroupValue[]): JsonObject {
  return { and: keys.map((key, i) => conditionOf(key, values[i] ?? { kind: 'missing' })) };
}

function conditionOf(key: GroupKey, value: GroupValue): JsonObject {
  const exists = condition(key, { exists: true });
  if (value.kind === 'missing') return { not: exists };
  if (value.kind === 'scalar') return condition(key, equality(key, value.value));
  const scalars = [{ startsWith: '' }, { in: [true, false] }, { ge: -Infinity }];
  return { and: [exists, ...scalars.map((scalar) => ({ not: condition(key, scalar) }))] };
}

/** Texts that spell a number which JSON lacks stand for that number in a comparison. */
function equality(key: GroupKey, value: number | string | boolean): JsonObject {
  if (key.section === 'field') return key.field === 'TAGS' ? { contains: value } : { eq: value };
  return typeof value === 'string' && typeof numberFromWire(value) === 'number' ? { startsWith: value } : { eq: value };
}

function condition(key: GroupKey, comparison: JsonObject): JsonObject {
  return key.section === 'field'
    ? { field: { name: key.field, ...comparison } }
    : { config: { key: key.key, ...comparison } };
}
