import { createProject } from '../../project/create-project.ts';
import type { ProjectRecord } from '../../project/project-store.ts';
import { builder } from '../schema/builder.ts';
import { findProjectNamed } from '../schema/find-run.ts';
import { ProjectRef } from '../schema/refs.ts';

const UpsertModelInput = builder.inputType('UpsertModelInput', {
  fields: (t) => ({
    id: t.string(),
    name: t.string(),
    entityName: t.string(),
    description: t.string(),
    access: t.string(),
    framework: t.string(),
    isBenchmark: t.boolean(),
    linkedBenchmark: t.id(),
    isPublished: t.boolean(),
    owner: t.id(),
    allowAllArtifactTypesInRegistry: t.boolean(),
    storageBucketInfo: t.field({ type: 'JSON' }),
    clientMutationId: t.string(),
  }),
});

interface UpsertedModel {
  readonly project: ProjectRecord;
  readonly inserted: boolean;
}

const UpsertModelPayload = builder.objectRef<UpsertedModel>('UpsertModelPayload').implement({
  fields: (t) => ({
    project: t.expose('project', { type: ProjectRef }),
    model: t.expose('project', { type: ProjectRef }),
    inserted: t.exposeBoolean('inserted'),
  }),
});

builder.mutationField('upsertModel', (t) =>
  t.field({
    type: UpsertModelPayload,
    description: 'Makes a project, if there is none of this name in the entity.',
    args: { input: t.arg({ type: UpsertModelInput, required: true }) },
    resolve: async (_root, { input }, context): Promise<UpsertedModel> => {
      const entity = input.entityName || context.caller.userName;
      const name = input.name ?? '';
      const known = name ? await findProjectNamed(context, { entity, project: name }, 'write') : null;
      if (known) return { project: known, inserted: false };
      const project = await createProject(context, { entity, name, description: input.description });
      return { project, inserted: true };
    },
  }),
);
