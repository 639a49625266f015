import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import type { ResolvedDefinition } from '@summa/core/metric/resolve-definitions';
import { builder } from '../graphql/builder.ts';

/** The GraphQL enum of which way is better. */
export const GoalType = builder.enumType('Goal', {
  description: 'Which way a metric gets better.',
  values: {
    MINIMIZE: { value: 'minimize', description: 'Less is better, as with a loss.' },
    MAXIMIZE: { value: 'maximize', description: 'More is better, as with an accuracy.' },
  } as const,
});

/** The GraphQL type of a definition as it was given. */
export const MetricDefinitionType = builder.objectRef<MetricDefinition>('MetricDefinition').implement({
  description:
    'What somebody asked to be shown of a metric, or of all metrics whose key matches a glob. Where it says nothing, an earlier one of the same name holds.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The key of the metric, or a glob in which "*" stands for any text.' }),
    summary: t.stringList({
      description:
        'The statistics that the summary is to show, such as "min", "mean" or "p95"; "copy" is the last value, "none" leaves the metric out.',
      resolve: (definition) => [...definition.summary],
    }),
    goal: t.field({
      type: GoalType,
      nullable: true,
      description: 'Which way the metric gets better. It is null when the definition does not say.',
      resolve: (definition) => definition.goal,
    }),
    stepMetric: t.exposeString('stepMetric', {
      nullable: true,
      description: 'The key of the metric that charts draw it over. It is null when the definition does not say.',
    }),
    stepSync: t.exposeBoolean('stepSync', {
      nullable: true,
      description:
        'Whether a value without that metric at its step is drawn over the last one before. It is null when the definition does not say.',
    }),
    hidden: t.exposeBoolean('hidden', {
      nullable: true,
      description: 'Whether charts leave the metric out. It is null when the definition does not say.',
    }),
    overwrite: t.exposeBoolean('overwrite', {
      description: 'Whether earlier definitions of the same name were forgotten.',
    }),
  }),
});

/** The GraphQL type of what holds for one metric. */
export const ResolvedDefinitionType = builder.objectRef<ResolvedDefinition>('ResolvedDefinition').implement({
  description: 'What all definitions of a run say about one metric together.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The name of the definition that holds: the key of the metric, or the glob that won.',
    }),
    summary: t.stringList({
      description:
        'The statistics that the summary shows, in the order in which it shows them. It is empty for the last value, and "none" for nothing.',
      resolve: (definition) => (definition.isLeftOut ? ['none'] : [...definition.statistics]),
    }),
    goal: t.field({
      type: GoalType,
      nullable: true,
      description: 'Which way the metric gets better. It is null when nobody said.',
      resolve: (definition) => definition.goal,
    }),
    stepMetric: t.exposeString('stepMetric', {
      nullable: true,
      description: 'The key of the metric that charts draw it over. It is null when that is the step.',
    }),
    stepSync: t.exposeBoolean('stepSync', {
      description: 'Whether a value without that metric at its step is drawn over the last one before.',
    }),
    hidden: t.exposeBoolean('isHidden', { description: 'Whether charts leave the metric out.' }),
  }),
});
