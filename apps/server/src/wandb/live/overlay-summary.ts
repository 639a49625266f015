import { equalJson } from '@summa/core/json/equal-json';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { ancestorKeys, parseKey } from '@summa/core/key/key-path';
import type { ExplicitValues } from '@summa/core/summary/explicit-entry';
import { OWN_KEYS } from './explain-summary.ts';

/** What is known of a run when its document is shown to the client. */
export interface OverlayBasis {
  readonly explicit: ExplicitValues;
  /**
   * The explicit values that the client's document gave to the run, by key text, as the door set them; null for one that was refused.
   */
  readonly explained: JsonObject;
  /** Whether a key text is that of a metric. */
  readonly isLogged: (key: string) => boolean;
}

/**
 * The summary document that the client reads: the one that it wrote, with what was set and deleted through our own API over it.
 *
 * An explicit value that stands only because the client's document has it is not put over it; when one that the document gave is
 * there no more, and no log has ended it, somebody took it away, and the document is shown without it.
 */
export function overlaySummary(document: JsonObject, basis: OverlayBasis): JsonObject {
  const { explicit, explained } = basis;
  let shown = document;
  for (const [key, value] of Object.entries(explained)) {
    if (value !== null && isTakenAway(key, basis)) shown = withoutPath(shown, parseKey(key));
  }
  for (const entry of explicit.values()) {
    const path = parseKey(entry.key);
    if (entry.deleted) shown = withoutPath(shown, path);
    else if (!isFromClient(entry.key, entry.value, explained)) shown = withPath(shown, path, entry.value);
  }
  return shown;
}

function isTakenAway(key: string, { explicit, isLogged }: OverlayBasis): boolean {
  return !OWN_KEYS.has(key) && !explicit.has(key) && ![key, ...ancestorKeys(key)].some(isLogged);
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
