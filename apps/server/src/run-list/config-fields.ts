import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { isLeaf } from '@summa/core/key/flatten-values';
import { MAX_KEY_LENGTH } from '@summa/core/key/key-limits';
import { formatElement } from '@summa/core/key/key-path';
import type { Queryable } from '../history/history-store.ts';
import type { RunRef, Services } from '../services.ts';
import { type ConfigField, replaceConfigFields } from './config-fields-store.ts';
import { kindOf } from './field-row.ts';

/** How many values of one run's config, in its order, runs can be filtered and sorted by. The config itself keeps all. */
const MAX_CONFIG_FIELDS = 5_000;

/**
 * Gets a run's config ready to be filtered and sorted by: gives its keys their numbers, and returns what then writes its fields
 * on the connection of the caller's transaction.
 *
 * Call this before the transaction begins: numbering new keys takes a connection of its own.
 */
export async function prepareConfigFields(
  services: Pick<Services, 'keys'>,
  run: RunRef,
  config: JsonObject,
): Promise<(client: Queryable) => Promise<void>> {
  const leaves = configLeaves(config);
  const keys = leaves.map(({ key, value }) => ({ key, kind: kindOf(value) }));
  const ids = await services.keys.ids(run.projectId, 'config', keys);
  const fields = leaves.flatMap(({ key, value }): ConfigField[] => {
    const keyId = ids.get(key);
    return keyId === undefined ? [] : [{ keyId, value }];
  });
  return (client) => replaceConfigFields(client, run, fields);
}

/**
 * The values of a config that stand under a key: numbers, text and booleans, and lists and objects with `_type` as wholes.
 * null is none.
 *
 * Left out are keys that no filter can name (empty, longer than a key may be, not storable as text) and what comes after the
 * first 5,000.
 */
export function configLeaves(config: JsonObject): { key: string; value: JsonValue }[] {
  const leaves: { key: string; value: JsonValue }[] = [];
  const walk = (object: JsonObject, prefix: string): void => {
    for (const [name, value] of Object.entries(object)) {
      const key = prefix + formatElement(name);
      if (value === null || leaves.length >= MAX_CONFIG_FIELDS || !canBeNamed(key)) continue;
      if (isLeaf(value)) leaves.push({ key, value });
      else if (isJsonObject(value)) walk(value, `${key}.`);
    }
  };
  walk(config, '');
  return leaves;
}

function canBeNamed(key: string): boolean {
  return key !== '' && key.length <= MAX_KEY_LENGTH && !/\0|\p{Surrogate}/u.test(key);
}
