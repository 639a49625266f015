import { FILTER_STATISTICS, type FilterStatistic, RUN_FIELD_TYPES, type RunField } from '@summa/core/query/run-target';
import { type BuilderTypes, builder } from '../graphql/builder.ts';

const FIELD_DESCRIPTIONS: Record<RunField, string> = {
  NAME: 'The name of the run within its project, a text.',
  DISPLAY_NAME: 'The name that people read, a text.',
  STATE: 'How the run stands, a text: "RUNNING", "FINISHED", "FAILED" or "CRASHED".',
  GROUP: 'The group, a text.',
  JOB_TYPE: 'The job type, a text.',
  USER: 'The login name of the user who started the run, a text.',
  NOTES: 'The notes, a text.',
  TAGS: 'The tags: `contains` asks for one of them. Runs cannot be ordered by tags.',
  CREATED_AT: 'When the run was made: seconds since 1970, or ISO 8601 text.',
  STARTED_AT: 'When the run was last started: seconds since 1970, or ISO 8601 text.',
  FINISHED_AT: 'When the run ended: seconds since 1970, or ISO 8601 text.',
  HEARTBEAT_AT: 'When the run was last heard of: seconds since 1970, or ISO 8601 text.',
  LAST_STEP: 'The last step, a number.',
};

const STATISTIC_DESCRIPTIONS: Record<FilterStatistic, string> = {
  VALUE: 'What the summary shows under the key when that is one value; else the last value that was logged.',
  LAST: 'The value at the highest step.',
  FIRST: 'The value at the lowest step.',
  MIN: 'The least finite value.',
  MAX: 'The greatest finite value.',
  MEAN: 'The mean of the finite values.',
  BEST: 'The least or the greatest finite value, as the goal of the metric says; missing without a goal.',
  COUNT: 'How many values of any kind were logged.',
  NAN_COUNT: 'How many times NaN was logged.',
  SUM: 'The sum of the finite values.',
  VARIANCE: 'The variance of the finite values, divided by their count.',
  STDDEV: 'The square root of the variance.',
};

const RunFieldType = builder.enumType('RunField', {
  description: 'What is asked of a run itself, in a filter or an order.',
  values: valuesOf(Object.keys(RUN_FIELD_TYPES) as RunField[], FIELD_DESCRIPTIONS),
});

/** The GraphQL type of a statistic of a metric, as far as it is known without reading columns. */
export const StatisticType = builder.enumType('Statistic', {
  description: 'What is asked of a metric, in a filter, an order or a table of runs.',
  values: valuesOf(FILTER_STATISTICS, STATISTIC_DESCRIPTIONS),
});

const DirectionType = builder.enumType('Direction', {
  description: 'Which end of an order comes first. Runs that lack the value, and NaN, come last in both.',
  values: {
    ASC: { value: 'ASC', description: 'The least first.' },
    DESC: { value: 'DESC', description: 'The greatest first.' },
  } as const,
});

/** The comparisons that every condition has; exactly one of them is given. */
function operators(t: InputFields) {
  return {
    eq: t.field({ type: 'JSON', description: 'The value is this one.' }),
    ne: t.field({ type: 'JSON', description: 'There is a value, of this type, and it is another one.' }),
    lt: t.field({ type: 'JSON', description: 'The value is less than this number or text.' }),
    le: t.field({ type: 'JSON', description: 'The value is this number or text, or less.' }),
    gt: t.field({ type: 'JSON', description: 'The value is greater than this number or text.' }),
    ge: t.field({ type: 'JSON', description: 'The value is this number or text, or greater.' }),
    in: t.field({
      type: ['JSON'],
      description: 'The value is one of these, which are all of one type; at most 1,000.',
    }),
    notIn: t.field({
      type: ['JSON'],
      description: 'There is a value, of the type of these, and it is none of them; at most 1,000.',
    }),
    exists: t.boolean({ description: 'Whether there is a value at all.' }),
    contains: t.string({ description: 'The text holds this text; for TAGS, one of the tags is this one.' }),
    startsWith: t.string({ description: 'The text begins with this text.' }),
    matches: t.string({
      description:
        'This regular expression matches somewhere in the text; for TAGS, in one of the tags. Its syntax is that of RE2, such as "^run-[0-9]+$" or ' +
        '"(?i)adam"; Unicode classes, lines and counts beyond 255 are not supported.',
    }),
  };
}

type InputFields = PothosSchemaTypes.InputFieldBuilder<BuilderTypes, 'InputObject'>;

const FieldCondition = builder.inputType('FieldCondition', {
  description: 'A condition on the run itself. Exactly one comparison is given besides the name.',
  fields: (t) => ({
    name: t.field({ type: RunFieldType, required: true, description: 'What is compared.' }),
    ...operators(t),
  }),
});

const KeyCondition = builder.inputType('KeyCondition', {
  description: 'A condition on a value of the config. Exactly one comparison is given besides the key.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'The key of the value, such as "optimizer.lr".' }),
    ...operators(t),
  }),
});

const SummaryCondition = builder.inputType('SummaryCondition', {
  description:
    'A condition on a metric, or on a value set by hand. Exactly one comparison is given besides key and statistic.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'The key of the metric, such as "val/loss".' }),
    statistic: t.field({ type: StatisticType, defaultValue: 'VALUE', description: 'What of the metric is compared.' }),
    ...operators(t),
  }),
});

interface RunFilterShape {
  readonly and?: readonly RunFilterShape[] | null | undefined;
  readonly or?: readonly RunFilterShape[] | null | undefined;
  readonly not?: RunFilterShape | null | undefined;
  readonly field?: object | null | undefined;
  readonly config?: object | null | undefined;
  readonly summary?: object | null | undefined;
}

/** The GraphQL input of a filter of runs. */
export const RunFilterInput = builder.inputRef<RunFilterShape>('RunFilter');

RunFilterInput.implement({
  description:
    'Which runs are wanted: a tree of which every node has exactly one of these fields. A comparison holds only where the run has a value of ' +
    'the type that is compared with, and NaN compares with nothing; at most 200 nodes.',
  fields: (t) => ({
    and: t.field({ type: [RunFilterInput], description: 'All of these hold. It lets every run through when empty.' }),
    or: t.field({
      type: [RunFilterInput],
      description: 'At least one of these holds. It lets no run through when empty.',
    }),
    not: t.field({ type: RunFilterInput, description: 'This does not hold.' }),
    field: t.field({ type: FieldCondition, description: 'A condition on the run itself.' }),
    config: t.field({ type: KeyCondition, description: 'A condition on a value of its config.' }),
    summary: t.field({ type: SummaryCondition, description: 'A condition on a metric or a value of its summary.' }),
  }),
});

const SummaryOrder = builder.inputType('SummaryOrder', {
  description: 'A metric, or a value set by hand, by which runs are ordered.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'The key of the metric.' }),
    statistic: t.field({ type: StatisticType, defaultValue: 'VALUE', description: 'What of the metric decides.' }),
  }),
});

/** The GraphQL input of one level of an order of runs. */
export const RunOrderInput = builder.inputType('RunOrder', {
  description: 'One level of an order of runs. Exactly one of `field`, `config` and `summary` is given.',
  fields: (t) => ({
    field: t.field({ type: RunFieldType, description: 'By something of the run itself.' }),
    config: t.string({ description: 'By the value of the config under this key.' }),
    summary: t.field({ type: SummaryOrder, description: 'By a metric or a value of the summary.' }),
    direction: t.field({
      type: DirectionType,
      required: true,
      defaultValue: 'ASC',
      description: 'Which end comes first.',
    }),
  }),
});

function valuesOf<Name extends string>(names: readonly Name[], descriptions: Record<Name, string>) {
  // Object.fromEntries forgets the names, which are exactly those of the list.
  return Object.fromEntries(names.map((name) => [name, { value: name, description: descriptions[name] }])) as {
    [Value in Name]: { value: Value; description: string };
  };
}
