import { builder } from '../graphql/builder.ts';
import { connectionType } from '../graphql/connection-type.ts';
import type { GroupStatistics, RunGroup } from '../run-list/list-groups.ts';
import { GROUP_FIELDS, type GroupValue, groupFilter } from '../run-list/run-group.ts';
import { StatisticType } from './run-filter-type.ts';

const FIELD_DESCRIPTIONS: Record<(typeof GROUP_FIELDS)[number], string> = {
  DISPLAY_NAME: 'The name that people read.',
  STATE: 'How the run stands: "RUNNING", "FINISHED", "FAILED" or "CRASHED".',
  GROUP: 'The group.',
  JOB_TYPE: 'The job type.',
  USER: 'The login name of the user who started the run.',
  TAGS: 'The tags: a run is in the group of each of its tags.',
};

const RunGroupField = builder.enumType('RunGroupField', {
  description: 'What of a run itself runs are grouped by.',
  values: Object.fromEntries(
    GROUP_FIELDS.map((name) => [name, { value: name, description: FIELD_DESCRIPTIONS[name] }]),
  ) as { [Name in (typeof GROUP_FIELDS)[number]]: { value: Name; description: string } },
});

/** The GraphQL input of a key that runs are grouped by. */
export const RunGroupKey = builder.inputType('RunGroupKey', {
  description: 'What runs are grouped by. Exactly one of `field` and `config` is given.',
  fields: (t) => ({
    field: t.field({ type: RunGroupField, description: 'Something of the run itself.' }),
    config: t.string({ description: 'The value of the config under this key.' }),
  }),
});

/** The GraphQL input of a number of a summary. */
export const MetricStatisticInput = builder.inputType('MetricStatisticInput', {
  description: 'A metric, or a value set by hand, with what is asked of it.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'The key of the metric, such as "val/loss".' }),
    statistic: t.field({ type: StatisticType, defaultValue: 'VALUE', description: 'What is asked of it.' }),
  }),
});

const RunGroupValue = builder.objectRef<GroupValue>('RunGroupValue').implement({
  description: 'What all runs of a group have under one of the keys that they are grouped by.',
  fields: (t) => ({
    value: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'The number, text or boolean. It is null when they have nothing, and when they have what does not compare: a list, an object, NaN, a very long text.',
      resolve: (value) => (value.kind === 'scalar' ? value.value : null),
    }),
    exists: t.boolean({
      description: 'Whether they have anything there.',
      resolve: (value) => value.kind !== 'missing',
    }),
  }),
});

const RunGroupStatistics = builder.objectRef<GroupStatistics>('RunGroupStatistics').implement({
  description: 'A statistic of a metric over the runs of a group that have a finite number there.',
  fields: (t) => ({
    key: t.string({ description: 'The key of the metric.', resolve: ({ metric }) => metric.key }),
    statistic: t.field({
      type: StatisticType,
      description: 'What was asked of the metric in each run.',
      resolve: ({ metric }) => metric.statistic,
    }),
    count: t.field({
      type: 'Count',
      description: 'How many runs have a finite number there.',
      resolve: (statistics) => statistics.count,
    }),
    mean: t.field({
      type: 'Double',
      nullable: true,
      description: 'Their mean. It is null when no run has one.',
      resolve: (statistics) => statistics.mean,
    }),
    stddev: t.field({
      type: 'Double',
      nullable: true,
      description: 'Their standard deviation, of the population: divided by the count. It is null when no run has one.',
      resolve: (statistics) => statistics.stddev,
    }),
    min: t.field({
      type: 'Double',
      nullable: true,
      description: 'The least of them. It is null when no run has one.',
      resolve: (statistics) => statistics.min,
    }),
    max: t.field({
      type: 'Double',
      nullable: true,
      description: 'The greatest of them. It is null when no run has one.',
      resolve: (statistics) => statistics.max,
    }),
  }),
});

const RunGroupType = builder.objectRef<RunGroup>('RunGroup').implement({
  description: 'Runs of a project that have the same values under the keys that they are grouped by.',
  fields: (t) => ({
    values: t.field({
      type: [RunGroupValue],
      description: 'What they have, one value for each key in the order of `by`.',
      resolve: (group) => group.values,
    }),
    runCount: t.field({
      type: 'Count',
      description: 'How many runs are in the group.',
      resolve: (group) => group.runCount,
    }),
    filter: t.field({
      type: 'JSON',
      description:
        'A `RunFilter` that lets through the runs of the group. Put it beside the filter of the groups to list them: { and: [ … , … ] }.',
      resolve: (group) => groupFilter(group.keys, group.values),
    }),
    metrics: t.field({
      type: [RunGroupStatistics],
      description: 'What was asked of metrics, in the order of the argument `metrics`.',
      resolve: (group) => group.statistics,
    }),
  }),
});

/** A page of groups. */
export const RunGroupConnection = connectionType(RunGroupType, {
  name: 'RunGroup',
  one: 'a group of runs',
  many: 'groups of runs',
});
