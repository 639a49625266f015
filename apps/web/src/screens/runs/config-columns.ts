import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { documentLeaves } from '../../runs/document-leaves.ts';
import type { Column } from './column.ts';

const MOST = 3;
const LONGEST_TEXT = 60;
/** Differs from run to run and explains none of them, so it comes last. */
const SEED = /(^|[._/-])seed$/i;

/**
 * What of the configs of a few runs is worth a column each: short plain values, those in which the runs differ first, in the
 * order in which the runs were given them.
 */
export function configColumns(configs: readonly JsonObject[]): Column[] {
  const leaves = configs.map(documentLeaves);
  const valuesOf = (key: string) => new Set(leaves.map((each) => each.get(key) ?? null));
  const keys = [...new Set(leaves.flatMap((each) => [...each.keys()]))].filter((key) => isShort(valuesOf(key)));
  const rank = (key: string) => Number(SEED.test(key)) * 2 + Number(valuesOf(key).size === 1);
  const ordered = keys.sort((a, b) => rank(a) - rank(b));
  return ordered.slice(0, MOST).map((key) => ({ kind: 'config', key }));
}

/** Whether there is a value at all, and each fits into a cell. */
function isShort(values: ReadonlySet<JsonValue>): boolean {
  const there = [...values].filter((value) => value !== null);
  return there.length > 0 && there.every((value) => typeof value !== 'object' && String(value).length <= LONGEST_TEXT);
}
