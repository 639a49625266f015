import { ViewerDocument } from '../generated/graphql.ts';
import { parseProjectPath } from '../project-path.ts';
import type { Execute } from '../transport/execute.ts';

/** A project by the names of its entity and its own. */
export interface ProjectNames {
  readonly entity: string;
  readonly project: string;
}

/** The project that `entity/name` or `name` means; without an entity it is the own one of whoever asks. */
export async function settleProject(execute: Execute, path: string): Promise<ProjectNames> {
  const { entity, project } = parseProjectPath(path);
  return { project, entity: entity ?? (await execute(ViewerDocument)).viewer.entity.name };
}
