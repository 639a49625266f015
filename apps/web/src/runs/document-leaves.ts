import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { isLeaf, type Leaf } from '@summa/core/key/flatten-values';
import { formatElement } from '@summa/core/key/key-path';

/** The values of a stored document by their keys. Unlike rows to log, a document may have keys that no row may have. */
export function documentLeaves(document: JsonObject): Map<string, Leaf[1]> {
  const leaves = new Map<string, Leaf[1]>();
  const walk = (object: JsonObject, prefix: string): void => {
    for (const [name, value] of Object.entries(object)) {
      const key = prefix + formatElement(name);
      if (isJsonObject(value) && !isLeaf(value) && Object.keys(value).length > 0) walk(value, `${key}.`);
      else leaves.set(key, value);
    }
  };
  walk(document, '');
  return leaves;
}
