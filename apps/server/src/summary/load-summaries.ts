import { decodeSegment } from '@summa/core/history/segment-codec';
import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import type { MetricState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import type { ExplicitValues } from '@summa/core/summary/explicit-entry';
import { foldSegment, type RunHistory } from '../history/run-history.ts';
import { findDefinitionsOfRuns } from '../metric/definition-store.ts';
import type { RunRef, Services } from '../services.ts';
import { parseExplicitValues } from './explicit-text.ts';
import { findRevisions, findSummaries, type StoredSummary } from './summary-store.ts';

/** All that a run's summary is made of, as of one moment. */
export interface RunSummaryData {
  readonly revision: number;
  readonly editRevision: number;
  readonly rowCount: number;
  readonly lastStep: number | null;
  readonly heartbeatAt: Date;
  /** By key text; `_timestamp` is not among them. */
  readonly states: ReadonlyMap<string, MetricState>;
  readonly definitions: readonly MetricDefinition[];
  readonly explicit: ExplicitValues;
}

type Folded = Omit<RunSummaryData, 'states' | 'definitions'> & {
  readonly statesById: ReadonlyMap<number, MetricState>;
};

/**
 * The summaries of some runs, by run id; runs that do not exist are left out.
 *
 * Up to date with every acknowledged row. The number of statements does not depend on the number of runs: what this
 * process already knows at the stored revision is not read again.
 */
export async function loadSummaries(services: Services, runs: readonly RunRef[]): Promise<Map<string, RunSummaryData>> {
  const loaded = new Map<string, RunSummaryData>();
  for (const [projectId, runIds] of groupByProject(runs)) {
    for (const [runId, summary] of await loadOfProject(services, projectId, runIds)) loaded.set(runId, summary);
  }
  return loaded;
}

function groupByProject(runs: readonly RunRef[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { projectId, runId } of runs) {
    const group = groups.get(projectId);
    if (group === undefined) groups.set(projectId, [runId]);
    else group.push(runId);
  }
  return groups;
}

async function loadOfProject(
  services: Services,
  projectId: string,
  runIds: readonly string[],
): Promise<Map<string, RunSummaryData>> {
  const { pool } = services.database;
  const folded = new Map<string, Folded>();
  const unknown: string[] = [];
  for (const stored of await findRevisions(pool, projectId, runIds)) {
    const history = services.histories.known({ projectId, runId: stored.runId }, stored.revision);
    if (history === null) unknown.push(stored.runId);
    else folded.set(stored.runId, fromMemory(history, stored.heartbeatAt));
  }
  if (unknown.length > 0) {
    for (const stored of await findSummaries(pool, projectId, unknown)) folded.set(stored.runId, fromStored(stored));
  }
  const definitions = await findDefinitionsOfRuns(pool, projectId, [...folded.keys()]);
  const texts = await services.keys.texts(
    projectId,
    [...folded.values()].flatMap(({ statesById }) => [...statesById.keys()]),
  );
  return new Map(
    [...folded].map(([runId, summary]) => [runId, withTexts(summary, definitions.get(runId) ?? [], texts)]),
  );
}

function fromMemory(history: RunHistory, heartbeatAt: Date): Folded {
  const { revision, editRevision, rowCount, lastStep, explicit } = history;
  return {
    revision,
    editRevision,
    rowCount,
    lastStep,
    heartbeatAt,
    explicit,
    statesById: new Map([...history.states].sort(([a], [b]) => a - b)),
  };
}

function fromStored(stored: StoredSummary): Folded {
  const states = decodeStates(stored.state);
  for (const body of stored.unfolded) foldSegment(states, decodeSegment(body));
  const { revision, editRevision, rowCount, lastStep, heartbeatAt } = stored;
  return {
    revision,
    editRevision,
    rowCount,
    lastStep,
    heartbeatAt,
    explicit: parseExplicitValues(stored.explicit),
    statesById: states,
  };
}

function withTexts(
  { statesById, ...summary }: Folded,
  definitions: readonly MetricDefinition[],
  texts: ReadonlyMap<number, string>,
): RunSummaryData {
  const states = new Map<string, MetricState>();
  for (const [id, state] of statesById) {
    const key = texts.get(id);
    if (key !== undefined) states.set(key, state);
  }
  return { ...summary, states, definitions };
}
