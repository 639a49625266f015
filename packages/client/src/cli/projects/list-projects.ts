import { EntityProjectsDocument, type EntityProjectsQuery, ViewerDocument } from '../../generated/graphql.ts';
import { readPages, toPage } from '../../read/read-pages.ts';
import type { Execute } from '../../transport/execute.ts';
import { CommandError } from '../command-error.ts';

const PAGE = 200;

type ProjectNode = NonNullable<EntityProjectsQuery['entity']>['projects']['nodes'][number];

/** A project as it is listed. */
export interface ListedProject extends ProjectNode {
  /** `entity/project`, as every other command takes it. */
  readonly path: string;
}

/**
 * The projects of one entity, or of all entities that whoever asks is a member of, by their paths.
 *
 * Throws `CommandError` for an entity that is not there.
 */
export async function* listProjects(execute: Execute, entity?: string): AsyncGenerator<ListedProject, void, undefined> {
  const entities = entity === undefined ? await ownEntities(execute) : [entity];
  for (const each of entities) yield* projectsOf(execute, each);
}

async function ownEntities(execute: Execute): Promise<string[]> {
  const { viewer } = await execute(ViewerDocument);
  return viewer.entities.map(({ name }) => name);
}

function projectsOf(execute: Execute, name: string): AsyncGenerator<ListedProject, void, undefined> {
  return readPages(async (after, signal) => {
    const { entity } = await execute(EntityProjectsDocument, { entity: name, first: PAGE, after }, { signal });
    if (entity === null) throw new CommandError(`there is no user or team ${JSON.stringify(name)}`);
    return toPage(entity.projects, (node) => ({ ...node, path: `${name}/${node.name}` }));
  });
}
