import { equalJson } from '@summa/core/json/equal-json';
import { formatJson } from '@summa/core/json/format-json';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { parseJsonObject } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';
import type { ExplicitValues } from '@summa/core/summary/explicit-entry';
import type { RequestContext } from '../../access/request-context.ts';
import type { RunRef } from '../../services.ts';
import { loadSummaries, type RunSummaryData } from '../../summary/load-summaries.ts';
import { updateSummary } from '../../summary/update-summary.ts';
import { explicitChanges, isAheadOfRows, type KeyedValues } from './explain-summary.ts';
import { findUnexplained } from './find-unexplained.ts';
import { findWandbRun, storeWandbRun } from './wandb-run-store.ts';

/** Stores the summary document of a run as the client wrote it, in place of the one before. A text that is no object is left out. */
export async function storeSummary({ services }: RequestContext, ref: RunRef, text: string): Promise<void> {
  if (parseJsonObject(text)) await storeWandbRun(services.database.pool, ref, { summary: text });
  else services.log.warn({ ...ref }, 'a summary of the W&B client is not a JSON object and was left out');
}

/**
 * Makes the explicit values of a run follow the document that the client wrote last: see `findUnexplained`. A document that speaks
 * of rows which have not come waits for them, unless the run is at its `end`.
 */
export async function followSummary(context: RequestContext, ref: RunRef, { end }: { end: boolean }): Promise<void> {
  const { services } = context;
  const { summary, explained } = await findWandbRun(services.database.pool, ref);
  const document = summary === null ? null : parseJsonObject(summary);
  const data = (await loadSummaries(services, [ref])).get(ref.runId);
  if (!document || !data || (!end && isAheadOfRows(document, data.lastStep))) return;
  const written = stillWritten(parseJsonObject(explained) ?? {}, data);
  const wanted = await findUnexplained(services, ref, { document, data });
  const { set, clear } = explicitChanges(written, wanted);
  // What was refused once is tried again when the run ends, not with every request.
  const held = end ? [] : [...set.keys()].filter((key) => written.get(key) === null);
  for (const key of held) set.delete(key);
  if (set.size === 0 && clear.length === 0) return;
  const ours = clear.filter((key) => isStill(data.explicit, key, written.get(key)));
  const refused = new Set([...held, ...(await change(context, ref, { set: Object.fromEntries(set), clear: ours }))]);
  const explains = Object.fromEntries([...wanted].map(([key, value]) => [key, refused.has(key) ? null : value]));
  await storeWandbRun(services.database.pool, ref, {
    explained: formatJson({ ...explains, [AS_OF]: data.lastStep ?? -1 }),
  });
}

/** The run's last step, -1 before any, when its explicit values were set from the document; none of these has this key. */
const AS_OF = '_step';

/**
 * What the client's document before had of explicit values, without those that a log of their metric has ended since: when the
 * document has them again, or still, the client wrote them after that log.
 */
function stillWritten(explained: JsonObject, { explicit, states }: RunSummaryData): KeyedValues {
  const { [AS_OF]: step, ...written } = explained;
  const isEnded = (key: string) =>
    typeof step === 'number' && !explicit.has(key) && (states.get(key)?.last?.step ?? -1) > step;
  return new Map(Object.entries(written).filter(([key]) => !isEnded(key)));
}

/** Whether an explicit value is what the door set: one that somebody changed since is not the door's to take away. */
function isStill(explicit: ExplicitValues, key: string, value: JsonValue | undefined): boolean {
  const entry = explicit.get(key);
  return entry !== undefined && !entry.deleted && value !== undefined && equalJson(entry.value, value);
}

interface SummaryChanges {
  readonly set: JsonObject;
  readonly clear: readonly string[];
}

/** All at once; when one of them is refused, each alone, so that the others stand. @returns the keys that were refused */
async function change(
  { services, caller }: RequestContext,
  ref: RunRef,
  { set, clear }: SummaryChanges,
): Promise<string[]> {
  const { userId } = caller;
  const keys: string[] = [];
  try {
    await updateSummary(services, ref, { set, clear, userId });
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    if (clear.length > 0) await updateSummary(services, ref, { clear, userId });
    for (const [key, value] of Object.entries(set)) {
      await updateSummary(services, ref, { set: { [key]: value }, userId }).catch((refused: unknown) => {
        if (!(refused instanceof SummaError)) throw refused;
        keys.push(key);
        services.log.warn({ ...ref, reason: refused.message }, 'a summary value of the W&B client could not be set');
      });
    }
  }
  return keys;
}
