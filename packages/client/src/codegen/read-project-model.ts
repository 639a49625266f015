import { type KeySection, ProjectKeyUsesDocument, ProjectShapeDocument } from '../generated/graphql.ts';
import { type ReadOptions, readPages, toPage } from '../read/read-pages.ts';
import { projectNotFound } from '../read/read-runs.ts';
import type { Execute } from '../transport/execute.ts';
import { type KeyUse, type ProjectModel, toProjectModel } from './project-model.ts';

interface NamedProject {
  readonly entity: string;
  readonly project: string;
}

/** Keys in one request: the server looks at all runs that have them. */
const KEYS_PER_PAGE = 100;

/** Reads what the runs of a project have; throws PROJECT_NOT_FOUND. */
export async function readProjectModel(
  execute: Execute,
  path: NamedProject,
  options: ReadOptions = {},
): Promise<ProjectModel> {
  const { project } = await execute(ProjectShapeDocument, { ...path }, options);
  if (project === null) throw projectNotFound(path);
  return toProjectModel({
    ...project,
    path: `${path.entity}/${path.project}`,
    config: await readKeys(execute, { ...path, section: 'CONFIG' }, options),
    summary: await readKeys(execute, { ...path, section: 'SUMMARY' }, options),
  });
}

async function readKeys(
  execute: Execute,
  asked: NamedProject & { readonly section: KeySection },
  options: ReadOptions,
): Promise<KeyUse[]> {
  const keys: KeyUse[] = [];
  const pages = readPages(async (after, signal) => {
    const variables = { ...asked, first: KEYS_PER_PAGE, after };
    const { project } = await execute(ProjectKeyUsesDocument, variables, { signal });
    if (project === null) throw projectNotFound(asked);
    return toPage(project.keys, (key) => key);
  }, options);
  for await (const key of pages) keys.push(key);
  return keys;
}
