import type { RunRecord } from '../../run/run-record.ts';
import { builder } from '../schema/builder.ts';
import { RunRef } from '../schema/refs.ts';
import { ServerSettings } from '../schema/server-settings-type.ts';
import { type UpsertedRun, upsertRun } from './upsert-run.ts';

const UpsertBucketInput = builder.inputType('UpsertBucketInput', {
  fields: (t) => ({
    id: t.string(),
    name: t.string(),
    groupName: t.string(),
    modelName: t.string(),
    entityName: t.string(),
    description: t.string(),
    displayName: t.string(),
    notes: t.string(),
    config: t.field({ type: 'JSONString' }),
    commit: t.string(),
    host: t.string(),
    debug: t.boolean({ description: 'Left out: Summa has no such runs.' }),
    jobProgram: t.string(),
    jobRepo: t.string(),
    jobType: t.string(),
    state: t.string({ description: 'Left out: a run is running until its process ends.' }),
    sweep: t.string(),
    tags: t.stringList(),
    summaryMetrics: t.field({ type: 'JSONString' }),
  }),
});

const UpsertBucketPayload = builder.objectRef<UpsertedRun>('UpsertBucketPayload').implement({
  fields: (t) => ({
    bucket: t.field({ type: RunRef, resolve: ({ run }): RunRecord => run }),
    inserted: t.exposeBoolean('inserted'),
    serverSettings: t.field({ type: ServerSettings, nullable: false, resolve: () => ({}) }),
  }),
});

builder.mutationField('upsertBucket', (t) =>
  t.field({
    type: UpsertBucketPayload,
    args: { input: t.arg({ type: UpsertBucketInput, required: true }) },
    resolve: (_root, { input }, context) => upsertRun(context, input),
  }),
);
