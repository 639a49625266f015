import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { formatNodeId, parseRunId } from '../graphql/node-id.ts';
import { ProjectRef, RunRef } from '../graphql/node-refs.ts';
import { findWriters } from '../history/history-store.ts';
import type { ProjectRecord } from '../project/project-store.ts';
import { ServerError } from '../server-error.ts';
import { deleteRun } from './delete-run.ts';
import { finishRun } from './finish-run.ts';
import { heartbeat } from './heartbeat.ts';
import { rewindRun } from './rewind-run.ts';
import type { RunRecord } from './run-record.ts';
import { type StartedRun, startRun } from './start-run.ts';
import { updateRun } from './update-run.ts';

const Resume = builder.enumType('Resume', {
  description: 'Whether a run that has the name already is taken up again.',
  values: {
    NEVER: { value: 'NEVER', description: 'It is an error when there is one.' },
    ALLOW: { value: 'ALLOW', description: 'It is taken up again when there is one, and made when there is none.' },
    MUST: { value: 'MUST', description: 'It is an error when there is none.' },
  } as const,
});

const WriterPosition = builder.objectRef<{ writer: string; acceptedRows: number }>('WriterPosition').implement({
  description: 'How far one writer of a run has come.',
  fields: (t) => ({
    writer: t.exposeString('writer', { description: 'The name of the writer.' }),
    acceptedRows: t.field({
      type: 'Count',
      description: 'How many of its rows are stored: the offset of the next ones.',
      resolve: (position) => position.acceptedRows,
    }),
  }),
});

addMutation('startRun', {
  scope: 'INGEST',
  description:
    'Starts a run, or takes one up again. A project that is missing is made. Of several starts of one name at once exactly one makes the run.',
  input: builder.inputType('StartRunInput', {
    description: 'What a run is started with. For a run that is taken up again, what is left out stays as it was.',
    fields: (t) => ({
      entity: t.string({
        description: 'The name of the entity of the project. It is the own one of the caller when left out.',
      }),
      project: t.string({ required: true, description: 'The name of the project.' }),
      name: t.string({
        description: 'The name of the run, up to 128 characters. It is eight random letters and digits when left out.',
      }),
      displayName: t.string({ description: 'The name that people read. It is the name when left out.' }),
      resume: t.field({
        type: Resume,
        required: true,
        defaultValue: 'NEVER',
        description: 'Whether a run that has the name already is taken up again.',
      }),
      config: t.field({
        type: 'JSON',
        description:
          'What the run is started with, as one object. Into a run that is taken up again it is merged by top-level key.',
      }),
      metadata: t.field({ type: 'JSON', description: 'Where and how the run is made, as one object.' }),
      tags: t.stringList({ description: 'Tags; at most 100 of up to 128 characters.' }),
      notes: t.string({ description: 'Notes.' }),
      group: t.string({ description: 'The group of runs that it belongs to.' }),
      jobType: t.string({ description: 'What kind of job it is.' }),
      writer: t.string({ description: 'The name of a writer: `writers` then tells only how far this one has come.' }),
    }),
  }),
  payload: builder.objectRef<StartedRun & { readonly writer: string | null }>('StartRunPayload').implement({
    description: 'A run that was started.',
    fields: (t) => ({
      run: t.field({ type: RunRef, description: 'The run.', resolve: (started) => started.run }),
      resumed: t.exposeBoolean('resumed', { description: 'Whether the run was there before and was taken up again.' }),
      writers: t.field({
        type: [WriterPosition],
        description:
          'How far each writer of the run has come, by name. A writer that goes on takes its offset from here.',
        resolve: async ({ run, writer }, _args, { services }) => {
          const positions = await findWriters(services.database.pool, { projectId: run.projectId, runId: run.id });
          if (writer !== null) return [{ writer, acceptedRows: positions.get(writer) ?? 0 }];
          return [...positions]
            .map(([name, acceptedRows]) => ({ writer: name, acceptedRows }))
            .sort((a, b) => (a.writer < b.writer ? -1 : 1));
        },
      }),
    }),
  }),
  run: async (context, { writer, ...input }) => ({ ...(await startRun(context, input)), writer: writer ?? null }),
});

addMutation('updateRun', {
  scope: 'INGEST',
  description: 'Changes what people say of a run, its config or its metadata, at any time of its life.',
  input: builder.inputType('UpdateRunInput', {
    description: 'What is to be changed of a run. What is left out stays.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      displayName: t.string({ description: 'The name that people read.' }),
      tags: t.stringList({ description: 'All tags that the run is to have; at most 100.' }),
      notes: t.string({ description: 'The notes.' }),
      group: t.string({ description: 'The group. Null takes it away.' }),
      jobType: t.string({ description: 'The job type. Null takes it away.' }),
      config: t.field({ type: 'JSON', description: 'An object that is merged into the config by top-level key.' }),
      configDelete: t.stringList({
        description: 'Top-level keys of the config that go, before `config` is merged; at most 1,000.',
      }),
      metadata: t.field({ type: 'JSON', description: 'An object that takes the place of the metadata as a whole.' }),
    }),
  }),
  payload: runPayload('UpdateRunPayload', 'A run that was changed.'),
  run: async (context, { runId, ...input }) => ({ run: await updateRun(context, parseRunId(runId), input) }),
});

addMutation('finishRun', {
  scope: 'INGEST',
  description: 'Ends a run. Ending it again with the same exit code changes nothing.',
  input: builder.inputType('FinishRunInput', {
    description: 'Which run ends, and how.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      exitCode: t.int({
        required: true,
        defaultValue: 0,
        description: 'The exit code of the process: 0 is FINISHED, any other FAILED.',
      }),
    }),
  }),
  payload: runPayload('FinishRunPayload', 'A run that ended.'),
  run: async (context, input) => ({ run: await finishRun(context, parseRunId(input.runId), input.exitCode) }),
});

addMutation('rewindRun', {
  scope: 'INGEST',
  description:
    'Takes the history of a run back to a step, so that it can go on from there. Every row beyond it is gone, and that cannot be taken back. Explicit ' +
    'values, definitions and files belong to no step and stay, and each writer goes on counting its rows where it is.',
  input: builder.inputType('RewindRunInput', {
    description: 'Which run is taken back, and where to.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      step: t.field({ type: 'Step', required: true, description: 'The last step that stays.' }),
    }),
  }),
  payload: runPayload('RewindRunPayload', 'A run that was taken back to a step.'),
  run: async (context, input) => ({ run: await rewindRun(context, parseRunId(input.runId), input.step) }),
});

addMutation('heartbeat', {
  scope: 'INGEST',
  description:
    'Says that the process of a run is alive, when it has nothing to log. A run that is silent for some minutes counts as CRASHED.',
  input: builder.inputType('HeartbeatInput', {
    description: 'Which run is alive.',
    fields: (t) => ({ runId: t.id({ required: true, description: 'The id of the run.' }) }),
  }),
  payload: runPayload('HeartbeatPayload', 'A run that is alive.'),
  run: async (context, input) => ({ run: await heartbeat(context, parseRunId(input.runId)) }),
});

addMutation('deleteRun', {
  scope: 'ADMIN',
  description: 'Deletes a run with its whole history. It cannot be taken back.',
  input: builder.inputType('DeleteRunInput', {
    description: 'Which run is to be deleted.',
    fields: (t) => ({ runId: t.id({ required: true, description: 'The id of the run.' }) }),
  }),
  payload: builder.objectRef<{ deletedRunId: string; project: ProjectRecord }>('DeleteRunPayload').implement({
    description: 'A run that was deleted.',
    fields: (t) => ({
      deletedRunId: t.exposeID('deletedRunId', { description: 'The id that the run had.' }),
      project: t.field({
        type: ProjectRef,
        description: 'The project that it belonged to.',
        resolve: (payload) => payload.project,
      }),
    }),
  }),
  run: async (context, input) => {
    const ref = parseRunId(input.runId);
    await deleteRun(context, ref);
    const project = await context.loaders.projects.load(ref.projectId);
    if (!project) throw new ServerError('PROJECT_NOT_FOUND', 'the project was deleted meanwhile');
    return { deletedRunId: formatNodeId('Run', ref.projectId, ref.runId), project };
  },
});

function runPayload(name: string, description: string) {
  return builder.objectRef<{ run: RunRecord }>(name).implement({
    description,
    fields: (t) => ({
      run: t.field({ type: RunRef, description: 'The run as it is now.', resolve: (payload) => payload.run }),
    }),
  });
}
