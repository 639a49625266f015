import { platform } from '#platform';
import { type ClientOptions, endpointOf } from './client-options.ts';
import {
  ProjectDocument,
  RunDocument,
  ServerInfoDocument,
  type ServerInfoQuery,
  ViewerDocument,
  type ViewerQuery,
} from './generated/graphql.ts';
import type { LiveRun } from './live-run/live-run.ts';
import { type LiveRunOptions, openLiveRun } from './live-run/open-live-run.ts';
import { parseProjectPath } from './project-path.ts';
import type { ReadOptions } from './read/read-pages.ts';
import { type KeyChoice, type ListedRun, type RunsOptions, readRuns } from './read/read-runs.ts';
import { type RunSeries, type RunsSeriesOptions, readRunsSeries } from './read/read-runs-series.ts';
import { readTable, type TableOptions } from './read/read-table.ts';
import type { RunTable, SummaryColumn } from './read/run-table.ts';
import { type StoredProject, toStoredProject } from './read/stored-project.ts';
import { type StoredRun, toStoredRun } from './read/stored-run.ts';
import { createExecute, type Execute } from './transport/execute.ts';
import type { ProjectShape } from './typed/project-shape.ts';
import { TypedProject } from './typed/typed-project.ts';

/** The owner of the API key, with the entities where runs may be kept. */
export type Viewer = ViewerQuery['viewer'];

/** What a server says of itself. */
export type ServerInfo = ServerInfoQuery['server'];

/** Everything that can be done with a Summa server. Every promise may reject with a `SummaClientError`. */
export interface SummaClient {
  /** Runs any operation, typed by its document: the way to ask what the other methods do not. */
  readonly execute: Execute;
  /** Starts a run, or goes on with one, to log into. */
  startRun(options: LiveRunOptions): Promise<LiveRun>;
  /** A run by its name, or null when there is none that the key may see. */
  run(entity: string, project: string, name: string, options?: ReadOptions): Promise<StoredRun | null>;
  /** The runs of a project that match, in order, page after page with one page read ahead. */
  runs<const Config extends KeyChoice = undefined, const Summary extends KeyChoice = undefined>(
    options: RunsOptions<Config, Summary>,
  ): AsyncGenerator<ListedRun<Config, Summary>, void, undefined>;
  /** All runs of a project that match, with chosen values of their config and summary as columns; one request a page. */
  table<
    const Config extends readonly string[] = readonly [],
    const Summary extends readonly SummaryColumn[] = readonly [],
  >(options: TableOptions<Config, Summary>): Promise<RunTable<Config, Summary>>;
  /** Metrics of all runs that match as series, some runs a request and one request ahead. */
  series<const Keys extends readonly string[]>(
    options: RunsSeriesOptions<Keys>,
  ): AsyncGenerator<RunSeries<Keys>, void, undefined>;
  /** A project by its name, or null when there is none that the key may see. */
  project(entity: string, name: string, options?: ReadOptions): Promise<StoredProject | null>;
  /**
   * The project at `entity/name`, or `name` in the entity of the key's owner, with the types that `summa codegen` wrote.
   * Asks the server nothing yet. Throws INVALID_OPTION for a path that is none.
   */
  project<Shape extends ProjectShape>(path: string): TypedProject<Shape>;
  /** The owner of the API key, with the entities where runs may be kept. */
  viewer(options?: ReadOptions): Promise<Viewer>;
  /** The limits of one request, and every code that an error of the server may have. */
  server(options?: ReadOptions): Promise<ServerInfo>;
}

/**
 * A client of one server for one API key; options that are left out come from SUMMA_URL and SUMMA_API_KEY, else from
 * `summa login`.
 *
 * Nothing is sent before it is asked for something. Throws INVALID_OPTION for a URL that is none.
 */
export function createClient(options: ClientOptions = {}): SummaClient {
  const endpoint = endpointOf(platform.withLogin(options));
  const execute = createExecute(endpoint);
  const transport = { ...endpoint, execute };
  const startRun = (runOptions: LiveRunOptions) => openLiveRun(endpoint, execute, runOptions);
  const viewer = async (readOptions?: ReadOptions) => (await execute(ViewerDocument, {}, readOptions)).viewer;
  const ownEntity = async (readOptions: ReadOptions) => (await viewer(readOptions)).entity.name;
  const storedProject = async (entity: string, name: string, readOptions?: ReadOptions) => {
    const { project } = await execute(ProjectDocument, { entity, name }, readOptions);
    return project && toStoredProject(transport, project);
  };
  function project(entity: string, name: string, readOptions?: ReadOptions): Promise<StoredProject | null>;
  function project<Shape extends ProjectShape>(path: string): TypedProject<Shape>;
  function project(entityOrPath: string, name?: string, readOptions?: ReadOptions) {
    if (name !== undefined) return storedProject(entityOrPath, name, readOptions);
    return new TypedProject({ transport, startRun, ownEntity }, parseProjectPath(entityOrPath));
  }
  return {
    execute,
    startRun,
    viewer,
    project,
    runs: (runsOptions) => readRuns(transport, runsOptions),
    table: (tableOptions) => readTable(execute, tableOptions),
    series: (seriesOptions) => readRunsSeries(transport, seriesOptions),
    server: async (readOptions) => (await execute(ServerInfoDocument, {}, readOptions)).server,
    async run(entity, project, name, readOptions) {
      const { run } = await execute(RunDocument, { entity, project, name }, readOptions);
      return run && toStoredRun(transport, run);
    },
  };
}
