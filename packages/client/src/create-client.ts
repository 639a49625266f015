import { type ClientOptions, endpointOf } from './client-options.ts';
import { ProjectDocument, RunDocument, ViewerDocument, type ViewerQuery } from './generated/graphql.ts';
import type { LiveRun } from './live-run/live-run.ts';
import { type LiveRunOptions, openLiveRun } from './live-run/open-live-run.ts';
import { type ListedRun, type RunsOptions, readRuns } from './read/read-runs.ts';
import { type StoredProject, toStoredProject } from './read/stored-project.ts';
import { type StoredRun, toStoredRun } from './read/stored-run.ts';
import { createExecute, type Execute } from './transport/execute.ts';

/** The owner of the API key, with the entities where runs may be kept. */
export type Viewer = ViewerQuery['viewer'];

/** Everything that can be done with a Summa server. Every promise may reject with a `SummaClientError`. */
export interface SummaClient {
  /** Runs any operation, typed by its document: the way to ask what the other methods do not. */
  readonly execute: Execute;
  /** Starts a run, or goes on with one, to log into. */
  startRun(options: LiveRunOptions): Promise<LiveRun>;
  /** A run by its name, or null when there is none that the key may see. */
  run(entity: string, project: string, name: string): Promise<StoredRun | null>;
  /** The runs of a project that match, in order, page after page with one page read ahead. */
  runs(options: RunsOptions): AsyncGenerator<ListedRun, void, undefined>;
  /** A project by its name, or null when there is none that the key may see. */
  project(entity: string, name: string): Promise<StoredProject | null>;
  viewer(): Promise<Viewer>;
}

/**
 * A client of one server for one API key; options that are left out come from SUMMA_URL and SUMMA_API_KEY.
 *
 * Nothing is sent before it is asked for something. Throws INVALID_OPTION for a URL that is none.
 */
export function createClient(options: ClientOptions = {}): SummaClient {
  const endpoint = endpointOf(options);
  const execute = createExecute(endpoint);
  const transport = { ...endpoint, execute };
  return {
    execute,
    startRun: (runOptions) => openLiveRun(endpoint, execute, runOptions),
    runs: (runsOptions) => readRuns(transport, runsOptions),
    viewer: async () => (await execute(ViewerDocument)).viewer,
    async run(entity, project, name) {
      const { run } = await execute(RunDocument, { entity, project, name });
      return run && toStoredRun(transport, run);
    },
    async project(entity, name) {
      const { project } = await execute(ProjectDocument, { entity, name });
      return project && toStoredProject(transport, project);
    },
  };
}
