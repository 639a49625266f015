import type { FileTransport } from '../file/upload-file.ts';
import {
  type KeySection,
  ProjectKeysDocument,
  type ProjectKeysQuery,
  type ProjectQuery,
  RunCountDocument,
  type RunFilter,
} from '../generated/graphql.ts';
import { type ReadOptions, readPages, toPage } from './read-pages.ts';
import { type KeyChoice, type ListedRun, projectNotFound, type RunsOptions, readRuns } from './read-runs.ts';
import { readTable, type TableOptions } from './read-table.ts';
import type { RunTable, SummaryColumn } from './run-table.ts';

/** A project as the server answered with it. */
export type ProjectFields = NonNullable<ProjectQuery['project']>;

/** A key that some run of the project has or had in its config or summary, and what kind of value was seen there first. */
export type ProjectKey = NonNullable<ProjectKeysQuery['project']>['keys']['nodes'][number];

/** A project, and the questions that can be asked of it. */
export type StoredProject = ProjectFields & ProjectQuestions;

/** A project with its questions from what the server answered. */
export function toStoredProject(transport: FileTransport, fields: ProjectFields): StoredProject {
  return Object.assign(new ProjectQuestions(transport, { entity: fields.entity.name, project: fields.name }), fields);
}

/** What can be asked of a project. */
export class ProjectQuestions {
  readonly #transport: FileTransport;
  readonly #execute: FileTransport['execute'];
  readonly #path: { readonly entity: string; readonly project: string };

  constructor(transport: FileTransport, path: { readonly entity: string; readonly project: string }) {
    this.#transport = transport;
    this.#execute = transport.execute;
    this.#path = path;
  }

  /** The runs that match, one page read ahead. */
  runs<const Config extends KeyChoice = undefined, const Summary extends KeyChoice = undefined>(
    options: Omit<RunsOptions<Config, Summary>, 'entity' | 'project'> = {},
  ): AsyncGenerator<ListedRun<Config, Summary>, void, undefined> {
    return readRuns<Config, Summary>(this.#transport, { ...options, ...this.#path });
  }

  /** All runs that match with chosen values as columns, one request a page. */
  table<
    const Config extends readonly string[] = readonly [],
    const Summary extends readonly SummaryColumn[] = readonly [],
  >(options: Omit<TableOptions<Config, Summary>, 'entity' | 'project'>): Promise<RunTable<Config, Summary>> {
    return readTable<Config, Summary>(this.#execute, { ...options, ...this.#path });
  }

  /** How many runs match, exactly. */
  async runCount(filter?: RunFilter, options: ReadOptions = {}): Promise<number> {
    const { project } = await this.#execute(RunCountDocument, { ...this.#path, filter }, options);
    if (project === null) throw projectNotFound(this.#path);
    return project.runCount;
  }

  /** The keys of all runs' configs or summaries, or those that begin with `prefix`. */
  keys(section: KeySection, prefix?: string, options: ReadOptions = {}): AsyncGenerator<ProjectKey, void, undefined> {
    const variables = { ...this.#path, section, prefix, first: 500 };
    return readPages(async (after, signal) => {
      const { project } = await this.#execute(ProjectKeysDocument, { ...variables, after }, { signal });
      if (project === null) throw projectNotFound(this.#path);
      return toPage(project.keys, (key) => key);
    }, options);
  }
}
