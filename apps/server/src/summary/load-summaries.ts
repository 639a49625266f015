import { decodeSegment } from '@summa/core/history/segment-codec';
import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import type { MetricState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import type { ExplicitValues } from '@summa/core/summary/explicit-entry';
import { foldSegment, type RunHistory } from '../history/run-history.ts';
import type { RunRef, Services } from '../services.ts';
import { parseExplicitValues } from './explicit-text.ts';
import { findSummaries, type StoredSummary, type SummaryContent, type WantedSummary } from './summary-store.ts';

/** All that a run's summary is made of, as of one moment. */
export interface RunSummaryData {
  readonly revision: number;
  readonly editRevision: number;
  readonly rowCount: number;
  readonly lastStep: number | null;
  /** By key text; `_timestamp` is not among them. */
  readonly states: ReadonlyMap<string, MetricState>;
  readonly definitions: readonly MetricDefinition[];
  readonly explicit: ExplicitValues;
}

type Folded = Omit<RunSummaryData, 'states'> & {
  readonly statesById: ReadonlyMap<number, MetricState>;
};

/**
 * The summaries of some runs, by run id; runs that do not exist are left out.
 *
 * Up to date with every acknowledged row. A statement for each project, however many runs: what this process already knows
 * at the stored revision is not read again.
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
  const found = await findFolded(
    services,
    projectId,
    runIds.map((runId) => ({ runId, knownRevision: knownRevision(services, { projectId, runId }) })),
  );
  const ids = [...found.values()].flatMap((summary) => ('states' in summary ? [] : [...summary.statesById.keys()]));
  const texts = await services.keys.texts(projectId, ids);
  return new Map(
    [...found].map(([runId, summary]) => [runId, 'states' in summary ? summary : withTexts(summary, texts)]),
  );
}

/** The last revision of a run that this process has written or read, of which it still has the summary; null when of none. */
function knownRevision({ histories, recentSummaries }: Services, run: RunRef): number | null {
  const [written, read] = [histories.knownRevision(run), recentSummaries.revisionOf(run)];
  return written === null || read === null ? (written ?? read) : Math.max(written, read);
}

async function findFolded(
  services: Services,
  projectId: string,
  wanted: readonly WantedSummary[],
): Promise<Map<string, Folded | RunSummaryData>> {
  const found = new Map<string, Folded | RunSummaryData>();
  const changed: WantedSummary[] = [];
  for (const stored of await findSummaries(services.database.pool, projectId, wanted)) {
    const { runId } = stored;
    const summary = stored.content ? fromStored(stored, stored.content) : known(services, { projectId, runId }, stored);
    if (summary) found.set(runId, summary);
    // What was known has changed while the statement ran, or was forgotten: then all of it is read.
    else changed.push({ runId, knownRevision: null });
  }
  if (changed.length === 0) return found;
  return new Map([...found, ...(await findFolded(services, projectId, changed))]);
}

function known({ histories, recentSummaries }: Services, run: RunRef, stored: StoredSummary) {
  const recent = recentSummaries.find(run, stored.revision);
  if (recent) return recent;
  const history = histories.known(run, stored.revision);
  return history && fromMemory(stored, history);
}

function fromMemory({ revision, definitions }: StoredSummary, history: RunHistory): Folded {
  const { editRevision, rowCount, lastStep, explicit } = history;
  const statesById = new Map([...history.states].sort(([a], [b]) => a - b));
  return { revision, definitions, editRevision, rowCount, lastStep, explicit, statesById };
}

function fromStored({ revision, definitions }: StoredSummary, content: SummaryContent): Folded {
  const { editRevision, rowCount, lastStep } = content;
  const statesById = decodeStates(content.state);
  for (const body of content.unfolded) foldSegment(statesById, decodeSegment(body));
  const explicit = parseExplicitValues(content.explicit);
  return { revision, definitions, editRevision, rowCount, lastStep, explicit, statesById };
}

function withTexts({ statesById, ...summary }: Folded, texts: ReadonlyMap<number, string>): RunSummaryData {
  const states = new Map<string, MetricState>();
  for (const [id, state] of statesById) {
    const key = texts.get(id);
    if (key !== undefined) states.set(key, state);
  }
  return { ...summary, states };
}
