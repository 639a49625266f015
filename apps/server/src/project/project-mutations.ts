import type { EntityRecord } from '../access/entity-store.ts';
import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { formatNodeId, parseNodeIdOf } from '../graphql/node-id.ts';
import { EntityRef, ProjectRef } from '../graphql/node-refs.ts';
import { createProject } from './create-project.ts';
import { deleteProject } from './delete-project.ts';
import type { ProjectRecord } from './project-store.ts';
import { updateProject } from './update-project.ts';
import { VisibilityType } from './visibility-type.ts';

addMutation('createProject', {
  scope: 'ADMIN',
  description: 'Makes a project. A project that is missing is also made by the first run that is started in it.',
  input: builder.inputType('CreateProjectInput', {
    description: 'What a new project is to be.',
    fields: (t) => ({
      entity: t.string({
        required: true,
        description: 'The name of the entity that it belongs to, in which the caller must be a writer.',
      }),
      name: t.string({ required: true, description: 'The name: 1 to 128 letters, digits, "_", "." and "-".' }),
      description: t.string({ description: 'What the project is about.' }),
      visibility: t.field({ type: VisibilityType, description: 'Who may see it. It is PRIVATE when left out.' }),
    }),
  }),
  payload: builder.objectRef<{ project: ProjectRecord }>('CreateProjectPayload').implement({
    description: 'A project that was made.',
    fields: (t) => ({
      project: t.field({ type: ProjectRef, description: 'The project.', resolve: (payload) => payload.project }),
    }),
  }),
  run: async (context, input) => ({ project: await createProject(context, input) }),
});

addMutation('updateProject', {
  scope: 'ADMIN',
  description: 'Changes what a project is about, or who may see it. Only owners of the entity may.',
  input: builder.inputType('UpdateProjectInput', {
    description: 'What is to be changed of a project. What is left out, or null, stays.',
    fields: (t) => ({
      projectId: t.id({ required: true, description: 'The id of the project.' }),
      description: t.string({ description: 'What the project is about. An empty text takes it away.' }),
      visibility: t.field({ type: VisibilityType, description: 'Who may see it.' }),
    }),
  }),
  payload: builder.objectRef<{ project: ProjectRecord }>('UpdateProjectPayload').implement({
    description: 'A project that was changed.',
    fields: (t) => ({
      project: t.field({ type: ProjectRef, description: 'The project.', resolve: (payload) => payload.project }),
    }),
  }),
  run: async (context, { projectId, ...input }) => ({
    project: await updateProject(context, parseNodeIdOf('Project', projectId, ['projectId']), input),
  }),
});

addMutation('deleteProject', {
  scope: 'ADMIN',
  description:
    'Deletes a project with all its runs and their history. Only owners of the entity may, and it cannot be taken back.',
  input: builder.inputType('DeleteProjectInput', {
    description: 'Which project is to be deleted.',
    fields: (t) => ({ projectId: t.id({ required: true, description: 'The id of the project.' }) }),
  }),
  payload: builder.objectRef<{ deletedProjectId: string; entity: EntityRecord }>('DeleteProjectPayload').implement({
    description: 'A project that was deleted.',
    fields: (t) => ({
      deletedProjectId: t.exposeID('deletedProjectId', { description: 'The id that the project had.' }),
      entity: t.field({
        type: EntityRef,
        description: 'The entity that it belonged to.',
        resolve: (payload) => payload.entity,
      }),
    }),
  }),
  run: async (context, input) => {
    const project = await deleteProject(context, parseNodeIdOf('Project', input.projectId, ['projectId']));
    const entity = await context.loaders.entities.load(project.entityId);
    if (!entity) throw new Error(`project ${project.id} had no entity`);
    return { deletedProjectId: formatNodeId('Project', project.id), entity };
  },
});
