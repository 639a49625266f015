import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import { loadSummaries, type RunSummaryData } from './load-summaries.ts';
import { findSummaryBytes } from './summary-size-store.ts';

/**
 * The summaries of some runs, as `loadSummaries`, unless they are larger together than one answer may be. One run always is let through.
 * They are kept for those who ask next.
 *
 * @throws ServerError RESPONSE_TOO_LARGE before anything large is read
 */
export async function loadBoundedSummaries(
  services: Services,
  runs: readonly RunRef[],
  maxBytes: number = LIMITS.summaryBytesInAll,
): Promise<Map<string, RunSummaryData>> {
  if (runs.length > 1 && (await findSummaryBytes(services.database.pool, runs)) > maxBytes) {
    const message = `the summaries of these ${runs.length} runs are larger than ${maxBytes} bytes together; ask for a smaller page`;
    throw new ServerError('RESPONSE_TOO_LARGE', message);
  }
  const loaded = await loadSummaries(services, runs);
  for (const run of runs) {
    const summary = loaded.get(run.runId);
    if (summary) services.recentSummaries.keep(run, summary);
  }
  return loaded;
}
