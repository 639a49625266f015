import { equalJson } from '@summa/core/json/equal-json';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseKey } from '@summa/core/key/key-path';
import type { ExplicitValues } from '@summa/core/summary/explicit-entry';

/**
 * The summary document that the client reads: the one that it wrote, with what was set and deleted through our own API over it.
 *
 * `explained` holds the explicit values that stand only because the client's document has them; they are not put over it.
 */
export function overlaySummary(document: JsonObject, explicit: ExplicitValues, explained: JsonObject): JsonObject {
  let shown = document;
  for (const entry of explicit.values()) {
    const path = parseKey(entry.key);
    if (entry.deleted) shown = withoutPath(shown, path);
    else if (!isFromClient(entry.key, entry.value, explained)) shown = withPath(shown, path, entry.value);
  }
  return shown;
}

function isFromClient(key: string, value: JsonValue, explained: JsonObject): boolean {
  const written = Object.hasOwn(explained, key) ? explained[key] : undefined;
  return written !== undefined && equalJson(written, value);
}

function withPath(document: JsonObject, [name = '', ...below]: readonly string[], value: JsonValue): JsonObject {
  if (below.length === 0) return { ...document, [name]: value };
  const inner = Object.hasOwn(document, name) ? document[name] : undefined;
  return { ...document, [name]: withPath(isJsonObject(inner) ? inner : {}, below, value) };
}

function withoutPath(document: JsonObject, [name = '', ...below]: readonly string[]): JsonObject {
  if (!Object.hasOwn(document, name)) return document;
  const { [name]: inner, ...others } = document;
  if (below.length === 0) return others;
  return isJsonObject(inner) ? { ...document, [name]: withoutPath(inner, below) } : document;
}
