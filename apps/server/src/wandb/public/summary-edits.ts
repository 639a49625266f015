import { equalJson } from '@summa/core/json/equal-json';
import type { JsonObject } from '@summa/core/json/json-value';
import { flattenValues } from '@summa/core/key/flatten-values';
import type { KeyedValues } from '../live/explain-summary.ts';

/** What somebody changed by hand between reading a summary and writing it. */
export interface SummaryEdits {
  /** By key, with the new value. */
  readonly changed: KeyedValues;
  readonly removed: readonly string[];
  /** Keys that have become null: the client then reads null. */
  readonly emptied: readonly string[];
}

/** What the client writes into every summary by itself. */
const OWN = /^_(?:step|runtime|timestamp|wandb)(?:\.|$)/;

/**
 * What changed from the summary that the client was shown to the one that it wrote, leaf by leaf.
 *
 * @throws SummaError for a key that no summary may have
 */
export function summaryEdits(shown: JsonObject, written: JsonObject): SummaryEdits {
  const before = leavesOf(shown);
  const after = leavesOf(written);
  return {
    changed: new Map([...after].filter(([key, value]) => value !== null && !isSame(before, key, value))),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    emptied: [...before.keys()].filter((key) => before.get(key) !== null && after.get(key) === null),
  };
}

function leavesOf(document: JsonObject): KeyedValues {
  return new Map(flattenValues(document).filter(([key]) => !OWN.test(key)));
}

function isSame(before: KeyedValues, key: string, value: JsonObject[string]): boolean {
  const known = before.get(key);
  return known !== undefined && equalJson(known, value);
}
