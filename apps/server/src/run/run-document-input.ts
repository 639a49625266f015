import { formatJson } from '@summa/core/json/format-json';
import { isLargerThan } from '@summa/core/json/json-size';
import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';

/**
 * The config or metadata that a caller sent: an object of any JSON values, where "NaN", "Infinity" and "-Infinity" are numbers.
 *
 * @throws ServerError INVALID_INPUT when it is not an object, DOCUMENT_TOO_LARGE; SummaError NESTING_TOO_DEEP
 */
export function readRunDocument(value: unknown, path: readonly string[]): JsonObject {
  const read = fromWire(value, path);
  if (!isJsonObject(read))
    throw new ServerError('INVALID_INPUT', `${path.join('.')} must be a JSON object: { "key": value }`, path);
  checkSize(read, path);
  return read;
}

/** A document with some top-level keys replaced and others removed; removals come first. */
export function mergeRunDocument(
  document: JsonObject,
  change: { readonly set: JsonObject; readonly remove: readonly string[]; readonly path: readonly string[] },
): JsonObject {
  const removed = new Set(change.remove);
  const kept = Object.entries(document).filter(([key]) => !removed.has(key));
  const merged: JsonObject = Object.fromEntries([...new Map([...kept, ...Object.entries(change.set)])]);
  checkSize(merged, change.path);
  return merged;
}

/** The text under which a document is stored. */
export function storedDocument(document: JsonObject): string {
  return formatJson(document);
}

function checkSize(document: JsonObject, path: readonly string[]): void {
  if (!isLargerThan(document, LIMITS.documentBytes)) return;
  throw new ServerError(
    'DOCUMENT_TOO_LARGE',
    `${path.join('.')} is larger than ${LIMITS.documentBytes} bytes; keep large data elsewhere`,
    path,
  );
}
