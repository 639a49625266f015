import type { Queryable } from '../../history/history-store.ts';
import type { RunRef } from '../../services.ts';

/** What the door keeps of a run beyond what every run has. */
export interface WandbRun {
  /** The summary document as the client wrote it last; null before. */
  readonly summary: string | null;
  /** Stored JSON text: the explicit values that the door has set, by key. */
  readonly explained: string;
  /** Stored JSON text: `_wandb` of the config. */
  readonly wandbConfig: string;
  /** The config's keys as the client sent them last. */
  readonly configKeys: readonly string[];
  /** Stored JSON text: host, program, commit and other words of the client. */
  readonly attributes: string;
  readonly stopRequested: boolean;
}

/** What is kept of a run of which the client has said nothing. */
export const EMPTY_WANDB_RUN: WandbRun = {
  summary: null,
  explained: '{}',
  wandbConfig: '{}',
  configKeys: [],
  attributes: '{}',
  stopRequested: false,
};

const COLUMNS = `summary, explained, wandb_config AS "wandbConfig", config_keys AS "configKeys", attributes,
  stop_requested AS "stopRequested"`;

/** What the door keeps of these runs of one project, by run id; a run of which the client has said nothing is left out. */
export async function findWandbRuns(
  client: Queryable,
  projectId: string,
  runIds: readonly string[],
): Promise<Map<string, WandbRun>> {
  const found = await client.query<WandbRun & { readonly runId: string }>({
    name: 'find-wandb-runs',
    text: `/* findWandbRuns */ SELECT run_id AS "runId", ${COLUMNS} FROM wandb_run WHERE project_id = $1 AND run_id = ANY($2::uuid[])`,
    values: [projectId, runIds],
  });
  return new Map(found.rows.map(({ runId, ...run }) => [runId, run]));
}

/** What the door keeps of a run. */
export async function findWandbRun(client: Queryable, { projectId, runId }: RunRef): Promise<WandbRun> {
  return (await findWandbRuns(client, projectId, [runId])).get(runId) ?? EMPTY_WANDB_RUN;
}

const COLUMN_OF: Record<keyof WandbRun, string> = {
  summary: 'summary',
  explained: 'explained',
  wandbConfig: 'wandb_config',
  configKeys: 'config_keys',
  attributes: 'attributes',
  stopRequested: 'stop_requested',
};

/** Stores what changed of what the door keeps of a run. */
export async function storeWandbRun(
  client: Queryable,
  { projectId, runId }: RunRef,
  changes: Partial<WandbRun>,
): Promise<void> {
  const values: unknown[] = [projectId, runId];
  const columns: string[] = [];
  const places: string[] = [];
  for (const [name, column] of Object.entries(COLUMN_OF)) {
    // Object.entries forgets that the keys of COLUMN_OF are those of WandbRun.
    const value = changes[name as keyof WandbRun];
    if (value === undefined) continue;
    columns.push(column);
    places.push(`$${values.push(value)}`);
  }
  if (columns.length === 0) return;
  await client.query(
    `/* storeWandbRun */ INSERT INTO wandb_run (project_id, run_id, ${columns.join(', ')}) VALUES ($1, $2, ${places.join(', ')})
     ON CONFLICT (project_id, run_id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    values,
  );
}
