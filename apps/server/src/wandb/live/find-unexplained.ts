import { type Column, valueAt } from '@summa/core/history/column';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { readColumns } from '../../history/read-history.ts';
import type { RunRef, Services } from '../../services.ts';
import type { RunSummaryData } from '../../summary/load-summaries.ts';
import { isSame, lingeringKeys, unexplainedValues } from './explain-summary.ts';

/**
 * The values of a client's summary document that no log explains, by key. Reads the columns of metrics that are left out, and
 * only when the document has a value of theirs that is not their last one.
 */
export async function findUnexplained(
  services: Services,
  ref: RunRef,
  { document, data }: { document: JsonObject; data: RunSummaryData },
): Promise<Map<string, JsonValue>> {
  const values = unexplainedValues(document, data);
  const lingering = lingeringKeys(values, data);
  if (lingering.length === 0) return values;
  const columns = await readColumns(services, ref, lingering);
  return new Map([...values].filter(([key, value]) => !everHad(columns.get(key)?.column, value)));
}

function everHad(column: Column | undefined, value: JsonValue): boolean {
  return column?.steps.some((_, i) => isSame(valueAt(column, i), value)) ?? false;
}
