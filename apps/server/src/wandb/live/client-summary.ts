import { formatJson } from '@summa/core/json/format-json';
import { parseJsonObject } from '@summa/core/json/parse-json';
import type { RequestContext } from '../../access/request-context.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { documentOf, summaryOf } from '../../summary/summary-view.ts';
import { overlaySummary } from './overlay-summary.ts';
import { wandbRunOf } from './run-documents.ts';

/**
 * The summary of a run as the client reads it, as JSON text: what it wrote, with what was changed through our own API over it; of
 * a run for which it wrote none, our own document.
 */
export async function clientSummary(context: RequestContext, run: RunRecord): Promise<string> {
  const { summary, explained } = await wandbRunOf(context, run);
  const view = await summaryOf(context, run);
  if (summary === null) return formatJson(await documentOf(context, view, undefined));
  const { explicit, states } = view.data;
  const written = parseJsonObject(explained) ?? {};
  if (explicit.size === 0 && Object.keys(written).length === 0) return summary;
  const document = parseJsonObject(summary) ?? {};
  const shown = overlaySummary(document, { explicit, explained: written, isLogged: (key) => states.has(key) });
  // As the client wrote it when nothing lies over it: its own text has its own order of keys.
  return shown === document ? summary : formatJson(shown);
}
