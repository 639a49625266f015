import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { isJsonObject } from '../json/json-value.ts';
import { SummaError } from '../summa-error.ts';
import type { ExplicitEntry, ExplicitValues } from './explicit-entry.ts';

/** Explicit values as a JSON value, without loss; to be written with `formatJson`. */
export function explicitToJson(explicit: ExplicitValues): JsonValue {
  return [...explicit.values()].map((entry) => {
    const { key, revision, by, at } = entry;
    return entry.deleted ? { key, revision, by, at } : { key, revision, by, at, value: entry.value };
  });
}

/** The explicit values that `explicitToJson` wrote; throws CORRUPT_DATA for anything else. */
export function explicitFromJson(json: JsonValue): ExplicitValues {
  if (!Array.isArray(json)) throw corrupt('they are not a list');
  const entries = json.map(readEntry);
  const explicit = new Map(entries.map((entry) => [entry.key, entry]));
  if (explicit.size !== entries.length) throw corrupt('a key stands there twice');
  return explicit;
}

function readEntry(json: JsonValue): ExplicitEntry {
  if (!isJsonObject(json)) throw corrupt('an entry is not an object');
  const { key, revision, by, at } = json;
  if (typeof key !== 'string' || typeof revision !== 'number' || typeof at !== 'number') {
    throw corrupt('an entry lacks its key, revision or time');
  }
  if (typeof by !== 'string' && by !== null) throw corrupt(`the author of ${key} is not text`);
  return { key, revision, by, at, ...readContent(json) };
}

function readContent(json: JsonObject): { deleted: true } | { deleted: false; value: JsonValue } {
  const { value } = json;
  return value === undefined ? { deleted: true } : { deleted: false, value };
}

function corrupt(what: string): SummaError {
  return new SummaError('CORRUPT_DATA', `the stored explicit values cannot be read: ${what}`);
}
