import type { RunTarget } from '@summa/core/query/run-target';
import { ProjectKeySectionsDocument } from '../../generated/graphql.ts';
import { projectNotFound } from '../../read/read-runs.ts';
import type { Execute } from '../../transport/execute.ts';
import { UsageError } from '../command-error.ts';
import { didYouMean } from '../frame/did-you-mean.ts';
import type { ProjectNames } from '../settle-project.ts';
import { FIELD_NAMES, type TargetName } from './target-name.ts';

const MOST_SUGGESTED = 1_000;

/**
 * Finds out whether the keys among these names stand in the config or the summary of the project's runs; the config goes first.
 *
 * Throws `UsageError` for a key that no run has, with the nearest one that there is.
 */
export async function resolveTargets(execute: Execute, project: ProjectNames, names: readonly TargetName[]) {
  const keys = new Set(names.flatMap((name) => (name.section === 'unknown' ? [name.key] : [])));
  const found = new Map<string, RunTarget>();
  for (const key of keys) found.set(key, await findKey(execute, project, key));
  return (name: TargetName): RunTarget => {
    if (name.section !== 'unknown') return name;
    const target = found.get(name.key);
    if (target === undefined) throw new Error(`the key ${name.key} was not among those to resolve`);
    return target;
  };
}

async function findKey(execute: Execute, project: ProjectNames, key: string): Promise<RunTarget> {
  // Keys are sorted by their text, so the first one that begins with a key is the key itself, if it is there.
  const exact = await readKeys(execute, project, { prefix: key, first: 1 });
  const isExact = exact.config[0]?.key === key || exact.summary[0]?.key === key;
  const inside = isExact ? exact : await readKeys(execute, project, { prefix: `${key}.`, first: 1 });
  const isThere = (first: { readonly key: string } | undefined) =>
    first !== undefined && (first.key === key || !isExact);
  if (isThere(inside.config[0])) return { section: 'config', key };
  if (isThere(inside.summary[0])) return { section: 'summary', key, statistic: 'VALUE' };
  throw await unknownKey(execute, project, key);
}

async function unknownKey(execute: Execute, project: ProjectNames, key: string): Promise<UsageError> {
  const { config, summary } = await readKeys(execute, project, { prefix: null, first: MOST_SUGGESTED });
  const known = [...FIELD_NAMES, ...config.map((node) => node.key), ...summary.map((node) => node.key)];
  const nearest = didYouMean(key, known) || `; to ask for it all the same write config.${key} or summary.${key}`;
  return new UsageError(`no run of ${project.entity}/${project.project} has a key ${JSON.stringify(key)}${nearest}`);
}

/** Keys of config and summary, each in the order of their text. */
export async function readKeys(
  execute: Execute,
  names: ProjectNames,
  page: { readonly prefix: string | null; readonly first: number },
) {
  const { project } = await execute(ProjectKeySectionsDocument, { ...names, ...page });
  if (project === null) throw projectNotFound(names);
  return { config: project.config.nodes, summary: project.summary.nodes };
}
