import type { JsonObject } from '@summa/core/json/json-value';
import type { MetricState } from '@summa/core/metric/metric-state';
import { resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import type { DerivedMetric } from '@summa/core/summary/derived-metric';
import type { ExplicitValues, SummaryChange } from '@summa/core/summary/explicit-entry';
import { clearExplicit, deleteExplicit, type ExplicitUpdate, setExplicit } from '@summa/core/summary/explicit-values';
import { derivedMetrics, type SummarySource } from '@summa/core/summary/summary-document';
import { inTransaction } from '../database/in-transaction.ts';
import { readQuantiles } from '../history/read-quantiles.ts';
import type { RunHistory } from '../history/run-history.ts';
import { findDefinitions } from '../metric/definition-store.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import { formatExplicitValues } from './explicit-text.ts';
import { getNeededQuantiles } from './needed-quantiles.ts';
import { insertRevisions, storeExplicit } from './summary-store.ts';

/** What is to be changed by hand: first `clear`, then `delete`, then `set`; keys are key texts. */
export interface SummaryUpdate {
  readonly set?: JsonObject | undefined;
  readonly delete?: readonly string[] | undefined;
  readonly clear?: readonly string[] | undefined;
  /** The summary's revision that the caller has seen; another one is a conflict. */
  readonly expectedRevision?: number | undefined;
  readonly userId: string;
}

/** A summary after a change by hand. */
export interface UpdatedSummary {
  /** The summary's revision: it counts the changes by hand. */
  readonly revision: number;
  /** One per key that changed; none when everything was so already. */
  readonly changes: readonly SummaryChange[];
}

/**
 * Changes explicit values of a run, live or finished: all that is asked, or nothing.
 *
 * Fails with REVISION_CONFLICT when `expectedRevision` is not the summary's, and as core's reducers do for a bad key or value.
 */
export function updateSummary(services: Services, run: RunRef, update: SummaryUpdate): Promise<UpdatedSummary> {
  return services.histories.change(run, async (history) => {
    refuseOutdated(update.expectedRevision, history.editRevision);
    const at = services.clock();
    const author = { revision: history.editRevision + 1, by: update.userId, at: at.getTime() / 1000 };
    const derived = await derivedOf(services, run, { history, keys: keysOf(update) });
    const { explicit, changes } = applyUpdate(update, { explicit: history.explicit, derived, author });
    if (changes.length === 0) return { revision: history.editRevision, changes };
    const stored = await inTransaction(services.database.pool, 'write', async (client) => {
      const record = {
        knownRevision: history.revision,
        editRevision: author.revision,
        explicit: formatExplicitValues(explicit),
      };
      if (!(await storeExplicit(client, run, record))) return false;
      await insertRevisions(client, run, { revision: author.revision, changes, userId: update.userId, at });
      return true;
    });
    if (!stored) return 'conflict';
    Object.assign(history, { revision: history.revision + 1, editRevision: author.revision, explicit });
    return { revision: author.revision, changes };
  });
}

function refuseOutdated(expected: number | undefined, actual: number): void {
  if (expected === undefined || expected === actual) return;
  const message = `the summary is at revision ${actual}, not ${expected}: somebody has changed it; read it again and repeat the change`;
  throw new ServerError('REVISION_CONFLICT', message, ['expectedRevision']);
}

function keysOf(update: SummaryUpdate): string[] {
  return [...(update.clear ?? []), ...(update.delete ?? []), ...Object.keys(update.set ?? {})];
}

/** What the document shows of the metrics at, below and above some keys, before explicit values. */
async function derivedOf(
  services: Services,
  run: RunRef,
  { history, keys }: { history: RunHistory; keys: readonly string[] },
): Promise<DerivedMetric[]> {
  const texts = await services.keys.texts(run.projectId, history.states.keys());
  const states: [string, MetricState][] = [];
  for (const [id, state] of history.states) states.push([texts.get(id) ?? '', state]);
  const definitions = resolveDefinitions(await findDefinitions(services.database.pool, run));
  const source: SummarySource = { states, definitions, keys };
  const quantile = await getNeededQuantiles({ run, points: history.rowCount * history.states.size }, source, (wishes) =>
    readQuantiles(services, wishes),
  );
  return derivedMetrics({ ...source, quantile });
}

interface UpdateBasis {
  readonly explicit: ExplicitValues;
  readonly derived: readonly DerivedMetric[];
  readonly author: { readonly revision: number; readonly by: string; readonly at: number };
}

function applyUpdate(update: SummaryUpdate, { explicit, derived, author }: UpdateBasis): ExplicitUpdate {
  let current = explicit;
  const changes = new Map<string, SummaryChange>();
  const apply = (result: ExplicitUpdate) => {
    current = result.explicit;
    // A key that is cleared and set in one call is one change: from what it was to what it is.
    for (const change of result.changes) {
      const first = changes.get(change.key);
      changes.set(change.key, first === undefined ? change : { ...change, from: first.from });
    }
  };
  for (const key of update.clear ?? []) apply(clearExplicit({ explicit: current, derived }, { ...author, key }));
  for (const key of update.delete ?? []) apply(deleteExplicit({ explicit: current, derived }, { ...author, key }));
  for (const [key, value] of Object.entries(update.set ?? {})) {
    apply(setExplicit({ explicit: current, derived }, { ...author, key, value }));
  }
  return { explicit: current, changes: [...changes.values()] };
}
