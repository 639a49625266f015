import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import { clearLoaders } from '../access/loaders.ts';
import { requireRun } from '../access/project-access.ts';
import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { parseRunId } from '../graphql/node-id.ts';
import { RunRef } from '../graphql/node-refs.ts';
import type { RunRecord } from '../run/run-record.ts';
import { defineMetric } from './define-metric.ts';
import { GoalType, MetricDefinitionType } from './metric-definition-type.ts';

addMutation('defineMetric', {
  scope: 'INGEST',
  description:
    'Says what the summary of a run shows of a metric. It may be said at any time, on a finished run too: the summary becomes what it would have been from ' +
    'the start. What is said twice of one name adds up.',
  input: builder.inputType('DefineMetricInput', {
    description: 'What is to be shown of a metric. What is left out stays as it was said before.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      name: t.string({
        required: true,
        description:
          'The key of the metric, or a glob in which "*" stands for any text. An exact name masks globs; of several globs the most specific one holds.',
      }),
      summary: t.stringList({
        description:
          'The statistics to show: "min", "max", "mean", "best" (needs a goal), "last", "first", "count", "sum", "variance", "stddev", "median", "p95" or any other ' +
          'percentile; "copy" for the last value as it is, "none" to leave the metric out.',
      }),
      goal: t.field({ type: GoalType, description: 'Which way the metric gets better.' }),
      stepMetric: t.string({ description: 'The key of the metric that charts draw it over.' }),
      stepSync: t.boolean({
        description: 'Whether a value without that metric at its step is drawn over the last one before.',
      }),
      hidden: t.boolean({ description: 'Whether charts leave the metric out.' }),
      overwrite: t.boolean({ description: 'Whether everything that was said before of this name is forgotten.' }),
    }),
  }),
  payload: builder
    .objectRef<{ run: RunRecord; definitions: readonly MetricDefinition[] }>('DefineMetricPayload')
    .implement({
      description: 'A metric that was defined.',
      fields: (t) => ({
        run: t.field({ type: RunRef, description: 'The run.', resolve: (payload) => payload.run }),
        definitions: t.field({
          type: [MetricDefinitionType],
          description: 'All definitions of the run, in the order given.',
          resolve: (payload) => [...payload.definitions],
        }),
      }),
    }),
  run: async (context, { runId, ...input }) => {
    const ref = parseRunId(runId);
    await requireRun(context, ref, 'write');
    const definitions = await defineMetric(context.services, ref, input);
    clearLoaders(context.loaders);
    return { run: await requireRun(context, ref, 'write'), definitions };
  },
});
