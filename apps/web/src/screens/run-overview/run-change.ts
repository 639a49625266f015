import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseKey } from '@summa/core/key/key-path';
import type { RunFactsFragment, UpdateRunInput } from '../../generated/graphql.ts';
import { withValueAt } from './value-tree.ts';

/** What people say of a run, without its id. */
export type RunChange = Omit<UpdateRunInput, 'runId'>;

type Before = Omit<RunFactsFragment, 'id'> & { readonly config: JsonValue };

/** The change that takes another one back, of a run as it was before. */
export function undoOfRun(before: Before, change: RunChange): RunChange {
  const { displayName, tags, notes, group, jobType } = before;
  const all = { displayName, tags, notes, group, jobType };
  const plain = Object.fromEntries(Object.entries(all).filter(([field]) => field in change));
  const old = objectOf(before.config);
  const names = [...Object.keys(objectOf(change.config)), ...(change.configDelete ?? [])];
  const kept = names.filter((each) => Object.hasOwn(old, each));
  const added = names.filter((each) => !Object.hasOwn(old, each));
  return {
    ...plain,
    ...(kept.length > 0 && { config: Object.fromEntries(kept.map((each) => [each, old[each] ?? null])) }),
    ...(added.length > 0 && { configDelete: added }),
  };
}

function objectOf(value: JsonValue | null | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The change that sets a value of a config: the server takes top-level keys as a whole. */
export function configWith(config: JsonObject, key: string, value: JsonValue): RunChange {
  const path = parseKey(key);
  const top = path[0] ?? key;
  return { config: { [top]: withValueAt(config, path, value)[top] ?? null } };
}

/** The change that takes a value out of a config. */
export function configWithout(config: JsonObject, key: string): RunChange {
  const path = parseKey(key);
  const top = path[0] ?? key;
  const rest = withValueAt(config, path, undefined);
  return Object.hasOwn(rest, top) ? { config: { [top]: rest[top] ?? null } } : { configDelete: [top] };
}
