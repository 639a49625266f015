import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { parseKey } from '@summa/core/key/key-path';
import { nestValues, valueAtPath } from '@summa/core/key/nest-values';
import { isSystemKey } from '@summa/core/summary/select-metrics';
import { isReadOnly } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { FileConnection, FileFilter } from '../file/file-type.ts';
import { listFiles } from '../file/list-files.ts';
import { builder } from '../graphql/builder.ts';
import { formatRunId } from '../graphql/node-id.ts';
import { EntityRef, FileRef, NodeRef, ProjectRef, RunRef, UserRef } from '../graphql/node-refs.ts';
import { forwardArguments } from '../graphql/page-arguments.ts';
import { HistoryKeyType, historyKeysOf } from '../history/history-key-type.ts';
import { HistoryType } from '../history/history-type.ts';
import { LIMITS } from '../limits.ts';
import { MetricDefinitionType } from '../metric/metric-definition-type.ts';
import { SummaryType } from '../summary/summary-type.ts';
import { summaryOf } from '../summary/summary-view.ts';
import { checkCount } from '../text-input.ts';
import { type RunRecord, refOf } from './run-record.ts';

const RunState = builder.enumType('RunState', {
  description: 'How a run stands.',
  values: {
    RUNNING: { value: 'running', description: 'It is being logged to.' },
    FINISHED: { value: 'finished', description: 'It ended with exit code 0.' },
    FAILED: { value: 'failed', description: 'It ended with another exit code.' },
    CRASHED: {
      value: 'crashed',
      description: 'Nothing was heard of it for some minutes. It is RUNNING again as soon as it is heard of.',
    },
  } as const,
});

RunRef.implement({
  description: 'One training job: what it was started with, what it logged, and what came out of it.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Names this run for `Query.node` and for mutations.', resolve: formatRunId }),
    name: t.exposeString('name', { description: 'The name, which is unique within the project and never changes.' }),
    displayName: t.exposeString('displayName', { description: 'The name that people read and may change.' }),
    state: t.field({ type: RunState, description: 'How the run stands.', resolve: (run) => run.state }),
    exitCode: t.exposeInt('exitCode', {
      nullable: true,
      description: 'The exit code that the run ended with. It is null until it ends.',
    }),
    tags: t.stringList({ description: 'Tags, in the order given.', resolve: (run) => [...run.tags] }),
    notes: t.exposeString('notes', { description: 'What people wrote about the run. It is empty when nobody did.' }),
    group: t.exposeString('group', {
      nullable: true,
      description: 'The group of runs that it belongs to, such as one sweep.',
    }),
    jobType: t.exposeString('jobType', {
      nullable: true,
      description: 'What kind of job it is, such as "train" or "eval".',
    }),
    user: t.field({
      type: UserRef,
      description: 'Who started it.',
      resolve: async (run, _args, { loaders }) => found(await loaders.users.load(run.userId), run),
    }),
    project: t.field({
      type: ProjectRef,
      description: 'The project that it belongs to.',
      resolve: (run, _args, context) => projectOf(context, run),
    }),
    entity: t.field({
      type: EntityRef,
      description: 'The entity that its project belongs to.',
      resolve: (run, _args, context) => entityOf(context, run),
    }),
    path: t.string({
      description: 'The names of entity, project and run: "entity/project/name".',
      resolve: async (run, _args, context) => `${await projectPath(context, run)}/${run.name}`,
    }),
    url: t.string({
      description: 'Where people look at the run.',
      resolve: async (run, _args, context) =>
        `${context.baseUrl}/${await projectPath(context, run)}/runs/${encodeURIComponent(run.name)}`,
    }),
    readOnly: t.boolean({
      description: 'Whether the caller, with the API key used, may only look at the run and not write to it.',
      resolve: async (run, _args, context) => isReadOnly(context, await projectOf(context, run)),
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When the run was made.', resolve: (run) => run.createdAt }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When the run was started; for one that was resumed, the last time.',
      resolve: (run) => run.startedAt,
    }),
    heartbeatAt: t.field({
      type: 'DateTime',
      description: 'When the run was last heard of.',
      resolve: (run) => run.heartbeatAt,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the run ended; for one that crashed, when it was last heard of. It is null while it runs.',
      resolve: (run) => run.finishedAt,
    }),
    lastStep: t.field({
      type: 'Step',
      nullable: true,
      description: 'The highest step that was logged. It is null before the first row.',
      resolve: (run) => run.lastStep,
    }),
    revision: t.field({
      type: 'Count',
      description:
        'Grows with every change of the run: rows, definitions, its summary, what people say of it. What has the same revision is the same.',
      resolve: (run) => run.revision,
    }),
    config: t.field({
      type: 'JSON',
      description: 'What the run was started with, as one object.',
      args: {
        keys: t.arg.stringList({
          description: 'Only what stands at these keys; at most 1,000. It is everything when left out.',
        }),
      },
      extensions: { cost: 5 },
      resolve: async (run, args, { loaders }) => {
        checkCount(args.keys, LIMITS.keys, ['keys']);
        const config = await loaders.configs.load(refOf(run));
        return args.keys ? pick(config, args.keys) : config;
      },
    }),
    metadata: t.field({
      type: 'JSON',
      description: 'Where and how the run was made: host, command, versions, whatever its client sent.',
      extensions: { cost: 5 },
      resolve: (run, _args, { loaders }) => loaders.metadata.load(refOf(run)),
    }),
    systemMetrics: t.field({
      type: 'JSON',
      description: 'The last values of the metrics whose keys begin with "system/", by key.',
      extensions: { cost: 5 },
      resolve: async (run, _args, { loaders }) =>
        systemMetricsOf((await loaders.summaries.load(refOf(run)))?.states ?? new Map()),
    }),
    historyKeys: t.field({
      type: [HistoryKeyType],
      description: 'The metrics that the run has logged, by their key and without system metrics; at most 100,000.',
      extensions: { cost: 50 },
      resolve: async (run, _args, { loaders }) =>
        historyKeysOf((await loaders.summaries.load(refOf(run)))?.states ?? new Map()),
    }),
    definitions: t.field({
      type: [MetricDefinitionType],
      description: 'What was said about metrics with `defineMetric`, in the order given.',
      extensions: { cost: 5 },
      resolve: async (run, _args, { loaders }) => [...((await loaders.summaries.load(refOf(run)))?.definitions ?? [])],
    }),
    summary: t.field({
      type: SummaryType,
      description: 'The few values that say how good the run was.',
      resolve: (run, _args, context) => summaryOf(context, run),
    }),
    history: t.field({
      type: HistoryType,
      description: 'Everything that the run has logged, by step.',
      resolve: (run) => ({ run: refOf(run), rowCount: run.rowCount, lastStep: run.lastStep }),
    }),
    files: t.field({
      type: FileConnection,
      description: 'The files of the run, by the code points of their paths.',
      args: {
        filter: t.arg({ type: FileFilter, description: 'Only these files. It is all of them when left out.' }),
        ...forwardArguments(t.arg, 'files'),
      },
      extensions: { scope: 'READ', cost: 5 },
      resolve: (run, args, context) => listFiles(context, refOf(run), args),
    }),
    file: t.field({
      type: FileRef,
      nullable: true,
      description: 'The file at a path. It is null when there is none.',
      args: { path: t.arg.string({ required: true, description: 'The path.' }) },
      extensions: { scope: 'READ' },
      resolve: (run, { path }, { loaders }) => loaders.files.load({ ...refOf(run), path }),
    }),
  }),
});

async function projectOf({ loaders }: RequestContext, run: RunRecord) {
  return found(await loaders.projects.load(run.projectId), run);
}

async function entityOf(context: RequestContext, run: RunRecord) {
  return found(await context.loaders.entities.load((await projectOf(context, run)).entityId), run);
}

async function projectPath(context: RequestContext, run: RunRecord): Promise<string> {
  return `${(await entityOf(context, run)).name}/${(await projectOf(context, run)).name}`;
}

function pick(config: JsonObject, keys: readonly string[]): JsonObject {
  return nestValues(
    keys.flatMap((key): [string, JsonValue][] => {
      const value = valueAtPath(config, parseKey(key));
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function systemMetricsOf(
  states: ReadonlyMap<string, { readonly last: { readonly value: JsonValue } | null }>,
): JsonObject {
  return Object.fromEntries(
    [...states].flatMap(([key, { last }]) => (isSystemKey(key) && last ? [[key, last.value]] : [])),
  );
}

/** What a run refers to is there as long as the run is. */
function found<Value>(value: Value | null, run: RunRecord): Value {
  if (value === null) throw new Error(`run ${run.id} refers to something that is not there`);
  return value;
}
