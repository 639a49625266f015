import { addDefinition } from '@summa/core/metric/add-definition';
import { type MetricDefinition, parseDefinition } from '@summa/core/metric/metric-definition';
import type { RunRef, Services } from '../services.ts';
import { findDefinitions, storeDefinition } from './definition-store.ts';

/**
 * Adds a metric definition to a run, live or finished, and returns all of them in the order given.
 *
 * Only the summary document changes: what is folded of the metrics is always folded. Fails with INVALID_DEFINITION, which
 * names what is wrong with it, or with TOO_MANY_VALUES when the run has too many.
 */
export function defineMetric(services: Services, run: RunRef, input: unknown): Promise<readonly MetricDefinition[]> {
  const { pool } = services.database;
  const asked = parseDefinition(input);
  return services.histories.change(run, async (history) => {
    const definitions = addDefinition(await findDefinitions(pool, run), asked);
    const definition = definitions.at(-1) ?? asked;
    if (!(await storeDefinition(pool, run, { definition, knownRevision: history.revision }))) return 'conflict';
    history.revision += 1;
    return definitions;
  });
}
