import { parseJsonObject } from '@summa/core/json/parse-json';
import { isAtOrBelow } from '@summa/core/key/key-path';
import type { RequestContext } from '../../access/request-context.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { loadSummaries } from '../../summary/load-summaries.ts';
import { updateSummary } from '../../summary/update-summary.ts';
import { clientSummary } from '../live/client-summary.ts';
import { unexplainedValues } from '../live/explain-summary.ts';
import { followSummary, storeSummary } from '../live/write-summary.ts';
import { summaryEdits } from './summary-edits.ts';

/**
 * Stores the summary of a run that somebody edited with `wandb.Api()`: the whole document, as JSON text.
 *
 * What is not in it any more is deleted, whoever had set it; what it changed stands, also over values that were set through our own
 * API and in place of deleted ones. A value that the run's own rows explain is no explicit value.
 */
export async function writeEditedSummary(context: RequestContext, run: RunRecord, text: string): Promise<void> {
  const { services, caller } = context;
  const ref = refOf(run);
  const shown = parseJsonObject(await clientSummary(context, run)) ?? {};
  await storeSummary(context, ref, text);
  const written = parseJsonObject(text);
  const data = (await loadSummaries(services, [ref])).get(ref.runId);
  if (!written || !data) return;
  const { changed, removed, emptied } = summaryEdits(shown, written);
  const unexplained = unexplainedValues(written, data);
  const set = [...changed].filter(([key]) => unexplained.has(key));
  const isExplicit = (key: string) => [...data.explicit.keys()].some((entry) => isAtOrBelow(entry, key));
  const clear = [...changed.keys(), ...emptied].filter((key) => !unexplained.has(key) && isExplicit(key));
  if (set.length + clear.length + removed.length > 0) {
    await updateSummary(services, ref, { set: Object.fromEntries(set), delete: removed, clear, userId: caller.userId });
  }
  await followSummary(context, ref, { end: true });
}
