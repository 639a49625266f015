import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { setOwn } from '../json/own-property.ts';
import { isLeaf } from './flatten-values.ts';
import { type KeyPath, parseKey } from './key-path.ts';

/** An object that is being put together. */
export type OpenObject = Record<string, JsonValue>;

/**
 * Puts a value at a path of a document that is being built, making the objects on the way.
 *
 * Where a leaf stands on the way or at the end, the later one wins: it is replaced. Only objects that `putAt` made may
 * stand in `document` on the way; an object with `_type` is a leaf.
 */
export function putAt(document: OpenObject, path: KeyPath, value: JsonValue): void {
  let parent = document;
  for (const element of path.slice(0, -1)) {
    const child = ownValue(parent, element);
    // Only this function makes the objects that are not leaves, so they are open.
    if (child !== undefined && !isLeaf(child)) parent = child as OpenObject;
    else {
      const made: OpenObject = {};
      setOwn<JsonValue>(parent, element, made);
      parent = made;
    }
  }
  setOwn(parent, path[path.length - 1] ?? '', value);
}

/** The document in which each key's value stands at its path; of two that exclude each other the later wins. */
export function nestValues(leaves: Iterable<readonly [key: string, value: JsonValue]>): JsonObject {
  const document: OpenObject = {};
  for (const [key, value] of leaves) putAt(document, parseKey(key), value);
  return document;
}

/** The value at a path of a document, or undefined when nothing stands there; never looks into a prototype. */
export function valueAtPath(document: JsonObject, path: KeyPath): JsonValue | undefined {
  let value: JsonValue = document;
  for (const element of path) {
    if (!isJsonObject(value)) return undefined;
    const inner = ownValue(value, element);
    if (inner === undefined) return undefined;
    value = inner;
  }
  return value;
}

function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
