import type { HomeProjectsQuery, ProjectLineFragment } from '../../generated/graphql.ts';

type Entity = HomeProjectsQuery['viewer']['entities'][number];

/** An entity with the projects of it that are shown. */
export interface ShownEntity {
  readonly id: string;
  readonly name: string;
  readonly projects: readonly ProjectLineFragment[];
  /** How many projects were not read, for there are too many. */
  readonly unread: number;
}

/**
 * The entities with those projects whose path contains a text, whatever the case; the one where something happened last
 * first. An entity without a match is left out, unless no text is given or more of its projects are to be searched.
 */
export function shownEntities(entities: readonly Entity[], text: string): ShownEntity[] {
  const wanted = text.trim().toLowerCase();
  return entities
    .map(({ id, name, projects }) => ({
      id,
      name,
      projects: matching(name, projects.nodes, wanted),
      unread: projects.totalCount - projects.nodes.length,
    }))
    .filter((entity) => wanted === '' || entity.projects.length > 0 || entity.unread > 0)
    .sort((a, b) => lastActivity(b) - lastActivity(a));
}

function matching(entity: string, projects: readonly ProjectLineFragment[], wanted: string): ProjectLineFragment[] {
  return projects
    .filter(({ name }) => `${entity}/${name}`.toLowerCase().includes(wanted))
    .sort((a, b) => timeOf(b) - timeOf(a));
}

function lastActivity({ projects }: ShownEntity): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...projects.map(timeOf));
}

function timeOf({ lastActivityAt }: ProjectLineFragment): number {
  return lastActivityAt === null ? 0 : Date.parse(lastActivityAt);
}
