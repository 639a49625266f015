import type { JsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { clientError } from '../error-families.ts';
import type { FileTransport } from '../file/upload-file.ts';
import { type RunFilter, type RunOrder, RunsDocument, type RunsQuery } from '../generated/graphql.ts';
import { type Page, type ReadOptions, readPages, toPage } from './read-pages.ts';
import { type StoredRun, toStoredRun } from './stored-run.ts';

/** Some keys of a document, with `true` all of it, or nothing of it. */
export type KeyChoice = readonly string[] | true | undefined;

/** What a list shows of a document: nothing of one that was not asked for. */
type Chosen<Choice extends KeyChoice> = [Choice] extends [undefined] ? Readonly<Record<never, never>> : JsonObject;

/** Which runs to list, and what to bring along with each. */
export interface RunsOptions<
  Config extends KeyChoice = Exclude<KeyChoice, undefined>,
  Summary extends KeyChoice = Exclude<KeyChoice, undefined>,
> extends ReadOptions {
  readonly entity: string;
  readonly project: string;
  readonly filter?: RunFilter;
  /** Newest first when left out. */
  readonly orderBy?: readonly RunOrder[];
  /** Runs in one request, 1 to 1,000; 50 by default. */
  readonly pageSize?: number;
  /** Brings along these keys of each run's config, or with `true` all of it. */
  readonly config?: Config;
  /** Brings along these keys of each run's summary document, or with `true` all of it. */
  readonly summary?: Summary;
}

/** A run of a list: the run, and of its config and summary document what the list asked for (else empty). */
export interface ListedRun<
  Config extends KeyChoice = Exclude<KeyChoice, undefined>,
  Summary extends KeyChoice = Exclude<KeyChoice, undefined>,
> {
  readonly run: StoredRun;
  readonly config: Chosen<Config>;
  readonly summary: Chosen<Summary>;
}

/** The runs of a project, page after page with one page read ahead; throws PROJECT_NOT_FOUND on the first item. */
export function readRuns<Config extends KeyChoice = undefined, Summary extends KeyChoice = undefined>(
  transport: FileTransport,
  options: RunsOptions<Config, Summary>,
): AsyncGenerator<ListedRun<Config, Summary>, void, undefined> {
  const variables = toVariables(options);
  return readPages(async (after, signal): Promise<Page<ListedRun<Config, Summary>>> => {
    const { project } = await transport.execute(RunsDocument, { ...variables, after }, { signal });
    if (project === null) throw projectNotFound(options);
    return toPage(project.runs, (fields) => toListedRun<Config, Summary>(transport, fields));
  }, options);
}

function toVariables({
  entity,
  project,
  filter,
  orderBy,
  pageSize,
  config,
  summary,
}: RunsOptions<KeyChoice, KeyChoice>) {
  return {
    entity,
    project,
    filter,
    orderBy: orderBy && [...orderBy],
    first: pageSize ?? 50,
    withConfig: config !== undefined,
    config: config === undefined || config === true ? null : [...config],
    withSummary: summary !== undefined,
    summary: summary === undefined || summary === true ? null : [...summary],
  };
}

type ListedFields = NonNullable<RunsQuery['project']>['runs']['nodes'][number];

function toListedRun<Config extends KeyChoice, Summary extends KeyChoice>(
  transport: FileTransport,
  { config, summary, ...fields }: ListedFields,
): ListedRun<Config, Summary> {
  return {
    run: toStoredRun(transport, fields),
    config: fromWire(config ?? {}) as Chosen<Config>, // the server keeps both as objects
    summary: fromWire(summary?.document ?? {}) as Chosen<Summary>,
  };
}

/** The error for a project that is not there, or that the key may not see. */
export function projectNotFound({ entity, project }: { readonly entity: string; readonly project: string }) {
  return clientError('PROJECT_NOT_FOUND', `There is no project ${entity}/${project}, or the key may not see it.`);
}
