import type { FileTransport } from '../file/upload-file.ts';
import { RunCountDocument, type RunFilter, type RunOrder } from '../generated/graphql.ts';
import type { LiveRun } from '../live-run/live-run.ts';
import type { LiveRunOptions } from '../live-run/open-live-run.ts';
import type { ProjectPath } from '../project-path.ts';
import { type ReadOptions, readPages } from '../read/read-pages.ts';
import { projectNotFound } from '../read/read-runs.ts';
import { type RunSeries, readRunsSeries } from '../read/read-runs-series.ts';
import type { SeriesOptions } from '../read/read-series.ts';
import { readTable } from '../read/read-table.ts';
import type { RunTable } from '../read/run-table.ts';
import type {
  ConfigKey,
  MetricKey,
  ProjectShape,
  ShapeConfig,
  ShapeFilter,
  ShapeOrder,
  SummaryKey,
} from './project-shape.ts';
import { loadTypedRuns } from './read-typed-runs.ts';
import { type TypedLiveRun, typed } from './typed-live-run.ts';
import type { TypedRun } from './typed-run.ts';

/** Which runs of a known project are wanted, and in which order: the newest first when nothing is said. */
export interface ShapeSelection<Shape extends ProjectShape> extends ReadOptions {
  readonly filter?: ShapeFilter<Shape>;
  readonly orderBy?: readonly ShapeOrder<Shape>[];
}

/** Which runs, and which keys of their config and summary to bring along. */
export interface ShapeRunsOptions<
  Shape extends ProjectShape,
  Config extends ConfigKey<Shape>,
  Summary extends SummaryKey<Shape>,
> extends ShapeSelection<Shape> {
  readonly config?: readonly Config[];
  readonly summary?: readonly Summary[];
  /** Runs in one request, 1 to 1,000; by default 50, or as many as the server answers with these keys. */
  readonly pageSize?: number;
}

/** A column of a table: a key of the summary, or a statistic of a metric. */
export type ShapeColumn<Shape extends ProjectShape> =
  | SummaryKey<Shape>
  | {
      readonly key: MetricKey<Shape>;
      readonly statistic: NonNullable<NonNullable<ShapeOrder<Shape>['summary']>['statistic']>;
    };

/** How a run of a known project begins: its config is checked. */
export interface ShapeStartOptions<Shape extends ProjectShape>
  extends Omit<LiveRunOptions, 'config' | 'entity' | 'project'> {
  readonly config: ShapeConfig<Shape['config']>;
}

/** What a project needs of its client. */
export interface ProjectOwner {
  readonly transport: FileTransport;
  readonly startRun: (options: LiveRunOptions) => Promise<LiveRun>;
  /** The viewer's own entity. */
  readonly ownEntity: (options: ReadOptions) => Promise<string>;
}

/**
 * A project whose keys are known to the compiler. Making one asks the server nothing; without an entity in its path it
 * is in the entity of the key's owner.
 */
export class TypedProject<Shape extends ProjectShape> {
  readonly #owner: ProjectOwner;
  readonly #project: string;
  #entity: string | undefined;

  /** Made by `client.project<Shape>(path)`. */
  constructor(owner: ProjectOwner, path: ProjectPath) {
    this.#owner = owner;
    this.#project = path.project;
    this.#entity = path.entity;
  }

  /** Starts a run, or goes on with one, that takes only metrics that the project knows. */
  async startRun(options: ShapeStartOptions<Shape>): Promise<TypedLiveRun<Shape>> {
    return typed<Shape>(await this.#owner.startRun({ ...options, ...(await this.#settle({})) }));
  }

  /** The runs that match, each with these keys of its config and summary; one page is read ahead. */
  runs<const Config extends ConfigKey<Shape> = never, const Summary extends SummaryKey<Shape> = never>(
    options: ShapeRunsOptions<Shape, Config, Summary> = {},
  ): AsyncGenerator<TypedRun<Shape, Config, Summary>, void, undefined> {
    const { config = [], summary = [], pageSize } = options;
    const selection = { ...plain(options), config, summary, pageSize };
    return readPages(async (after, signal) => {
      const path = await this.#settle({ signal });
      return loadTypedRuns<Shape, Config, Summary>(this.#owner.transport, path, { ...selection, after, signal });
    }, options);
  }

  /** A run by its name, or null when there is none that the key may see. */
  async run<const Config extends ConfigKey<Shape> = never, const Summary extends SummaryKey<Shape> = never>(
    name: string,
    options: Pick<ShapeRunsOptions<Shape, Config, Summary>, 'config' | 'signal' | 'summary'> = {},
  ): Promise<TypedRun<Shape, Config, Summary> | null> {
    const named: ShapeFilter<Shape> = { field: { name: 'NAME', eq: name } };
    for await (const run of this.runs({ ...options, filter: named, pageSize: 1 })) return run;
    return null;
  }

  /** How many runs match, exactly. */
  async runCount(filter?: ShapeFilter<Shape>, options: ReadOptions = {}): Promise<number> {
    const path = await this.#settle(options);
    const variables = { ...path, filter: plain({ filter }).filter };
    const { project } = await this.#owner.transport.execute(RunCountDocument, variables, options);
    if (project === null) throw projectNotFound(path);
    return project.runCount;
  }

  /** All runs that match with chosen values as columns, one request for 1,000 runs. */
  async table<
    const Config extends readonly ConfigKey<Shape>[] = readonly [],
    const Summary extends readonly ShapeColumn<Shape>[] = readonly [],
  >(
    options: ShapeSelection<Shape> & {
      readonly config?: Config;
      readonly summary?: Summary;
      readonly pageSize?: number;
    },
  ): Promise<RunTable<Config, Summary, { config: Shape['configValues']; summary: Shape['summary'] }>> {
    const path = await this.#settle(options);
    const { filter, orderBy, ...rest } = options;
    const selection = plain({ filter, orderBy });
    const table = await readTable(this.#owner.transport.execute, { ...rest, ...selection, ...path });
    // The shape tells what runs have under these keys.
    return table as unknown as RunTable<Config, Summary, { config: Shape['configValues']; summary: Shape['summary'] }>;
  }

  /** Metrics of all runs that match as series, some runs a request and one request ahead. */
  async *series<const Keys extends readonly MetricKey<Shape>[]>(
    keys: Keys,
    options: ShapeSelection<Shape> & SeriesOptions = {},
  ): AsyncGenerator<RunSeries<Keys>, void, undefined> {
    const path = await this.#settle(options);
    const { filter, orderBy, ...rest } = options;
    yield* readRunsSeries(this.#owner.transport, { ...rest, ...plain({ filter, orderBy }), ...path, keys });
  }

  async #settle(options: ReadOptions): Promise<{ readonly entity: string; readonly project: string }> {
    this.#entity ??= await this.#owner.ownEntity(options);
    return { entity: this.#entity, project: this.#project };
  }
}

/** A filter and an order as the API takes them: the typed ones hold the same, with narrower keys. */
function plain<Shape extends ProjectShape>({
  filter,
  orderBy,
}: {
  filter?: ShapeFilter<Shape> | undefined;
  orderBy?: readonly ShapeOrder<Shape>[] | undefined;
}) {
  return { filter: filter as RunFilter | undefined, orderBy: orderBy as readonly RunOrder[] | undefined };
}
