import type { JsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { clientError } from '../error-families.ts';
import type { FileTransport } from '../file/upload-file.ts';
import { type RunFilter, type RunOrder, RunsDocument, type RunsQuery } from '../generated/graphql.ts';
import { type Page, type ReadOptions, readPages, toPage } from './read-pages.ts';
import { type StoredRun, toStoredRun } from './stored-run.ts';

/** Which runs to list, and what to bring along with each. */
export interface RunsOptions extends ReadOptions {
  readonly entity: string;
  readonly project: string;
  readonly filter?: RunFilter;
  /** Newest first when left out. */
  readonly orderBy?: readonly RunOrder[];
  /** Runs in one request, 1 to 1,000; 50 by default. */
  readonly pageSize?: number;
  /** Brings along these keys of each run's config, or with `true` all of it. */
  readonly config?: readonly string[] | true;
  /** Brings along these keys of each run's summary document, or with `true` all of it. */
  readonly summary?: readonly string[] | true;
}

/** A run of a list: the run, and of its config and summary document what the list asked for (else empty). */
export interface ListedRun {
  readonly run: StoredRun;
  readonly config: JsonObject;
  readonly summary: JsonObject;
}

/** The runs of a project, page after page with one page read ahead; throws PROJECT_NOT_FOUND on the first item. */
export function readRuns(transport: FileTransport, options: RunsOptions): AsyncGenerator<ListedRun, void, undefined> {
  const variables = toVariables(options);
  return readPages(async (after, signal): Promise<Page<ListedRun>> => {
    const { project } = await transport.execute(RunsDocument, { ...variables, after }, { signal });
    if (project === null) throw projectNotFound(options);
    return toPage(project.runs, (fields) => toListedRun(transport, fields));
  }, options);
}

function toVariables({ entity, project, filter, orderBy, pageSize, config, summary }: RunsOptions) {
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

function toListedRun(transport: FileTransport, { config, summary, ...fields }: ListedFields): ListedRun {
  return {
    run: toStoredRun(transport, fields),
    config: fromWire(config ?? {}) as JsonObject, // the server keeps both as objects
    summary: fromWire(summary?.document ?? {}) as JsonObject,
  };
}

/** The error for a project that is not there, or that the key may not see. */
export function projectNotFound({ entity, project }: { readonly entity: string; readonly project: string }) {
  return clientError('PROJECT_NOT_FOUND', `There is no project ${entity}/${project}, or the key may not see it.`);
}
