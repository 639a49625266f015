import { builder } from '../graphql/builder.ts';
import { connectionType } from '../graphql/connection-type.ts';
import { formatNodeId } from '../graphql/node-id.ts';
import { EntityRef, NodeRef, ProjectRef } from '../graphql/node-refs.ts';
import { pageArguments } from '../graphql/page-arguments.ts';
import { listProjects } from '../project/list-projects.ts';
import { MembershipType, RoleType } from './membership-type.ts';

const EntityKind = builder.enumType('EntityKind', {
  description: 'Whose namespace an entity is.',
  values: {
    USER: { value: 'user', description: 'The own namespace of one user; it has the name of that user.' },
    TEAM: { value: 'team', description: 'The namespace of a team.' },
  } as const,
});

const ProjectConnection = connectionType(ProjectRef, { name: 'Project', one: 'a project', many: 'projects' });

EntityRef.implement({
  description: 'A namespace of projects: the own one of a user, or that of a team.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Names this entity for `Query.node`.',
      resolve: (entity) => formatNodeId('Entity', entity.id),
    }),
    name: t.exposeString('name', {
      description: 'The name, which is the first part of the path of its projects and runs.',
    }),
    kind: t.field({ type: EntityKind, description: 'Whose namespace it is.', resolve: (entity) => entity.kind }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the entity was made.',
      resolve: (entity) => entity.createdAt,
    }),
    members: t.field({
      type: [MembershipType],
      description:
        'The members, those who came first in front; at most 1,000. The list is empty for whoever is not a member.',
      extensions: { scope: 'READ', cost: 10 },
      resolve: async (entity, _args, { loaders }) =>
        (await loaders.roles.load(entity.id)) === null ? [] : [...(await loaders.members.load(entity.id))],
    }),
    viewerRole: t.field({
      type: RoleType,
      nullable: true,
      description: 'What the caller may do in this entity. It is null when the caller is not a member.',
      resolve: (entity, _args, { loaders }) => loaders.roles.load(entity.id),
    }),
    projects: t.field({
      type: ProjectConnection,
      description: 'The projects by name: all of them for members, the public ones for everybody else.',
      args: pageArguments(t.arg, 'projects'),
      extensions: { scope: 'READ', cost: 100 },
      resolve: (entity, args, context) => listProjects(context, entity.id, args),
    }),
  }),
});
