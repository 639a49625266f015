import type { RunTarget } from '@summa/core/query/run-target';
import { NotFoundError } from '../../error-families.ts';
import { RunDocument, ViewerDocument } from '../../generated/graphql.ts';
import type { Execute } from '../../transport/execute.ts';
import { CommandError, UsageError } from '../command-error.ts';
import { readKeys, resolveTargets } from '../runs/resolve-targets.ts';
import { formatTarget } from '../runs/target-name.ts';
import { targetNames, toRunFilter } from '../runs/to-run-filter.ts';
import { type ProjectNames, settleProject } from '../settle-project.ts';
import type { ExportAsk, RunsExportAsk } from './export-arguments.ts';
import type { ExportRequest } from './export-url.ts';

/** How many keys a list of runs may have. */
const MOST_KEYS = 250;

/** What to ask the server for: names of keys are resolved in the project, and no keys mean all of them. */
export async function toExportRequest(execute: Execute, ask: ExportAsk): Promise<ExportRequest> {
  const project = await settleProject(execute, ask.path);
  if (ask.kind === 'runs') {
    return runsRequest(execute, project, ask).catch(async (error: unknown) => {
      throw (await meantRun(execute, project, error)) ?? error;
    });
  }
  const { run, format, keys, from, to } = ask;
  return { kind: 'history', ...project, run, format, keys, from, to };
}

async function runsRequest(execute: Execute, project: ProjectNames, ask: RunsExportAsk): Promise<ExportRequest> {
  const names = [...(ask.filter === null ? [] : targetNames(ask.filter)), ...ask.keys.map(({ name }) => name)];
  const resolve = await resolveTargets(execute, project, names);
  const filter = ask.filter === null ? undefined : toRunFilter(ask.filter, resolve);
  const keys =
    ask.keys.length > 0 ? sortKeys(ask.keys.map(({ name }) => resolve(name))) : await allKeys(execute, project);
  return { kind: 'runs', ...project, format: ask.format, filter, ...keys };
}

/** When `project/run` was written, which means a project here: how the run is written that there is of this name. */
async function meantRun(execute: Execute, path: ProjectNames, error: unknown): Promise<UsageError | null> {
  if (!(error instanceof NotFoundError) || error.code !== 'PROJECT_NOT_FOUND') return null;
  const { entity } = (await execute(ViewerDocument)).viewer;
  const { run } = await execute(RunDocument, { entity: entity.name, project: path.entity, name: path.project });
  if (run === null) return null;
  return new UsageError(
    `there is no project ${path.entity}/${path.project}; to export the run of this name write ${run.path}`,
  );
}

interface SortedKeys {
  readonly config: readonly string[];
  readonly summary: readonly string[];
}

function sortKeys(targets: readonly RunTarget[]): SortedKeys {
  const stranger = targets.find((target) => target.section === 'summary' && target.statistic !== 'VALUE');
  if (stranger !== undefined) {
    throw new UsageError(
      `${formatTarget(stranger)}: an export has the values of the summary; for statistics: summa runs --csv`,
    );
  }
  return {
    config: targets.flatMap((target) => (target.section === 'config' ? [target.key] : [])),
    summary: targets.flatMap((target) => (target.section === 'summary' ? [target.key] : [])),
  };
}

async function allKeys(execute: Execute, project: ProjectNames): Promise<SortedKeys> {
  const { config, summary } = await readKeys(execute, project, { prefix: null, first: MOST_KEYS + 1 });
  if (config.length + summary.length > MOST_KEYS) {
    throw new CommandError(
      `the runs of ${project.entity}/${project.project} have more than ${MOST_KEYS} keys; choose some with --keys`,
    );
  }
  return { config: config.map(({ key }) => key), summary: summary.map(({ key }) => key) };
}
