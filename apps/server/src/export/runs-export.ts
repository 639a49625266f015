import type { RunFilter } from '@summa/core/query/run-filter';
import type { Caller } from '../access/caller.ts';
import { createContext } from '../access/create-context.ts';
import { LIMITS } from '../limits.ts';
import { readRunFilter } from '../run/run-filter-input.ts';
import { type ColumnTarget, listColumns } from '../run-list/list-columns.ts';
import { countRuns, listRuns } from '../run-list/list-runs.ts';
import type { Services } from '../services.ts';
import { checkCount } from '../text-input.ts';
import { RUN_FORMATS, type RunFormat } from './export-format.ts';
import { ExportQuery } from './export-query.ts';
import { requireKnownKeys } from './known-keys.ts';
import type { OpenExport } from './open-export.ts';
import { type ExportedRun, runLines, runsHeader } from './run-lines.ts';

/** Which runs of a project are to be exported, what of them, and how. */
export interface RunsAsk {
  readonly format: RunFormat;
  readonly config: readonly string[];
  readonly summary: readonly string[];
  /** Every run when null. */
  readonly filter: RunFilter | null;
}

/** Who asks for which project. */
export interface RunsOf {
  readonly caller: Caller;
  readonly projectId: string;
}

/** Runs that are read at once. */
const PAGE_RUNS = 250;

/** Reads what a URL asks for. @throws ServerError INVALID_INPUT, INVALID_FILTER, LIST_TOO_LONG */
export function readRunsAsk(url: string): RunsAsk {
  const query = new ExportQuery(url, ['format', 'config', 'summary', 'filter']);
  const config = query.list('config', LIMITS.columns) ?? [];
  const summary = query.list('summary', LIMITS.columns) ?? [];
  checkCount([...config, ...summary], LIMITS.columns, ['config', 'summary']);
  return { format: query.oneOf('format', RUN_FORMATS), config, summary, filter: readRunFilter(query.filter()) };
}

/** Returns when the project has seen every key that is asked for. @throws ServerError KEY_NOT_FOUND */
export async function checkRunsAsk(services: Services, projectId: string, { config, summary }: RunsAsk): Promise<void> {
  await requireKnownKeys(services, projectId, { section: 'config', keys: config, parameter: 'config' });
  await requireKnownKeys(services, projectId, { section: 'summary', keys: summary, parameter: 'summary' });
}

/**
 * Begins to export the runs of a project that fulfil the filter, newest first, each once. Runs that are created meanwhile are not in
 * it; each page of runs is as it stands when its turn comes, so that a run that changes meanwhile shows its state of that moment.
 */
export async function openRunsExport(services: Services, of: RunsOf, ask: RunsAsk): Promise<OpenExport> {
  // A filter that the database cannot answer fails before the answer has begun.
  await countRuns(services, of.projectId, ask.filter);
  return { bytes: encodeRuns(services, of, ask), close: async () => {} };
}

async function* encodeRuns(services: Services, of: RunsOf, ask: RunsAsk): AsyncGenerator<Buffer> {
  if (ask.format === 'csv') yield runsHeader(ask);
  for (let after: string | undefined, hasNextPage = true; hasNextPage; ) {
    const page = await listRuns(services, of.projectId, { filter: ask.filter, first: PAGE_RUNS, after });
    if (page.runs.length > 0) yield runLines(await readPage(services, of, { ask, runs: page.runs }), ask);
    ({ hasNextPage } = page);
    after = page.cursors.at(-1);
  }
}

async function readPage(
  services: Services,
  { caller }: RunsOf,
  { ask, runs }: { readonly ask: RunsAsk; readonly runs: Awaited<ReturnType<typeof listRuns>>['runs'] },
): Promise<ExportedRun[]> {
  // Nothing of a page holds a link.
  const context = createContext(services, caller, '');
  const columns = await listColumns(context, runs, [
    ...ask.config.map(configTarget),
    ...ask.summary.map(summaryTarget),
  ]);
  const users = await Promise.all(runs.map((run) => context.loaders.users.load(run.userId)));
  return runs.map((run, i) => {
    const values = columns.map((column) => column.values[i] ?? null);
    return {
      run,
      user: users[i]?.name ?? null,
      config: values.slice(0, ask.config.length),
      summary: values.slice(ask.config.length),
    };
  });
}

function configTarget(key: string): ColumnTarget {
  return { section: 'config', key };
}

function summaryTarget(key: string): ColumnTarget {
  return { section: 'summary', key, statistic: 'VALUE' };
}
