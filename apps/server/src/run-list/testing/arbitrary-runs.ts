import type { JsonValue } from '@summa/core/json/json-value';
import { parsePattern } from '@summa/core/pattern/parse-pattern';
import type { RunOrder } from '@summa/core/query/compare-runs';
import type { Condition, RunFilter } from '@summa/core/query/run-filter';
import { RUN_FIELD_TYPES, type RunField, type RunTarget } from '@summa/core/query/run-target';
import fc from 'fast-check';
import type { SampleFields, SampleRun } from './sample-run.ts';

// Few values, so that runs are often equal, and every one that is a trap for somebody: signed zero, ends of the range, bigints,
// case, accents, characters whose order differs between UTF-16 and code points, text at and beyond the longest comparable.
const NUMBERS = [Number.NaN, Infinity, -Infinity, 0, -0, 0.5, 1, 3, -2, 2 ** 53, 1.7e308, 5e-324];
const TEXTS = ['', 'a', 'A', 'b', 'é', 'ab', 'adam', '%', '_', '\\', '\uffee', '\ue000', '😀', 'x'.repeat(1024)];
const OTHERS: JsonValue[] = [true, false, 2n ** 60n, [1], { _type: 'image' }, 'x'.repeat(1025)];
const TIMES = [0, 1, 999, 1_000, 1_767_225_660_123, 1_767_225_660_124, 1_767_225_661_000];

const anyValue: fc.Arbitrary<JsonValue> = fc.oneof(fc.constantFrom(...NUMBERS), fc.constantFrom(...TEXTS, ...OTHERS));
const anyTime = fc.constantFrom(...TIMES);
const anyLabel = fc.constantFrom(...TEXTS.slice(1));

/** User names of arbitrary runs. */
export const USER_NAMES = ['ada', 'Bob'];

const CONFIG_KEYS = ['lr', 'optimizer', 'model.depth'];
const METRIC_KEYS = ['loss', 'val.acc', 'system/gpu', 'note'];

const anyFields: fc.Arbitrary<SampleFields> = fc.record({
  displayName: anyLabel,
  state: fc.constantFrom('running', 'finished', 'failed', 'crashed'),
  group: fc.option(anyLabel),
  jobType: fc.option(anyLabel),
  userName: fc.constantFrom(...USER_NAMES),
  tags: fc.subarray(['a', 'b', '😀']),
  notes: fc.constantFrom(...TEXTS),
  createdAt: anyTime,
  startedAt: anyTime,
  finishedAt: fc.option(anyTime),
  heartbeatAt: anyTime,
  lastStep: fc.option(fc.constantFrom(0, 1, 2 ** 53 - 1)),
});

/** A run of any attributes, config, metrics and explicit values. */
export const anyRun: fc.Arbitrary<SampleRun> = fc.record({
  id: fc.uuid({ version: 7 }),
  fields: anyFields,
  config: anyEntries(CONFIG_KEYS, anyValue),
  metrics: anyEntries(METRIC_KEYS, fc.oneof(someOf(fc.constantFrom(...NUMBERS)), someOf(anyValue))),
  explicit: anyEntries(['loss', 'note', 'best'], fc.option(anyValue, { nil: undefined })),
  goal: fc.constantFrom('minimize', 'maximize', null),
});

/** Runs with distinct ids. */
export function anyRuns(count: { minLength: number; maxLength: number }): fc.Arbitrary<SampleRun[]> {
  return fc.uniqueArray(anyRun, { ...count, selector: (run) => run.id });
}

const anyKeyTarget: fc.Arbitrary<RunTarget> = fc.oneof(
  fc.record({ section: fc.constant('config' as const), key: fc.constantFrom(...CONFIG_KEYS, 'absent') }),
  fc.record({
    section: fc.constant('summary' as const),
    key: fc.constantFrom(...METRIC_KEYS, 'best', 'absent'),
    statistic: fc.oneof(
      fc.constant('VALUE' as const),
      fc.constantFrom('LAST', 'FIRST', 'MIN', 'MAX', 'MEAN', 'SUM', 'COUNT', 'NAN_COUNT', 'VARIANCE', 'STDDEV', 'BEST'),
    ),
  }),
);
// The names that the table was written with, and no others.
const FIELD_NAMES = Object.keys(RUN_FIELD_TYPES) as RunField[];

/** What an order may look at. */
const anySortTarget: fc.Arbitrary<RunTarget> = fc.oneof(
  anyKeyTarget,
  anyField(FIELD_NAMES.filter((name) => name !== 'TAGS')),
);

/** An order of up to three levels. */
export const anyOrder: fc.Arbitrary<RunOrder[]> = fc.array(
  fc.record({ target: anySortTarget, direction: fc.constantFrom('ASC', 'DESC') }),
  { maxLength: 3 },
);

const anyNumberOperand = fc.constantFrom(...NUMBERS.filter((number) => !Number.isNaN(number)), 2 ** 60, 2, -1e9);
const anyTextOperand = fc.constantFrom(...TEXTS, 'd', ...USER_NAMES, 'RUNNING', 'running', 'FAILED');
const anyPattern = fc
  .constantFrom(
    'a',
    '^a',
    'b$',
    '^(?:ab|A)$',
    '[^a]',
    '(?i)^A',
    'a|é',
    '^$',
    '.',
    '😀',
    '\\\\',
    'x{3}',
    '\\bad',
    '^R|D$',
    '\\W',
  )
  .map((text) => parsePattern(text, (problem) => new Error(problem)));
const anyTimeOperand = fc.oneof(
  fc.constantFrom(...TIMES.map((ms) => ms / 1000), 1e300, -1e300, 0.9999999999, 1767225660.1230001),
  fc.double({ min: 1767225660, max: 1767225661, noNaN: true }),
);

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  conditionOn(anyKeyTarget, anyNumberOperand),
  textConditionOn(anyKeyTarget, anyTextOperand),
  equalityOn(anyKeyTarget, fc.boolean()),
  conditionOn(anyField(['LAST_STEP']), anyNumberOperand),
  conditionOn(anyField(FIELD_NAMES.filter((name) => RUN_FIELD_TYPES[name] === 'time')), anyTimeOperand),
  textConditionOn(anyField(FIELD_NAMES.filter((name) => RUN_FIELD_TYPES[name] === 'text')), anyTextOperand),
  textConditionOn(anyField(['TAGS']), anyTextOperand),
);

/** A filter tree of any shape, over conditions of any type. */
export const anyFilter: fc.Arbitrary<RunFilter> = fc.letrec<{ filter: RunFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: anyCondition },
    { weight: 1, arbitrary: fc.record({ not: tie('filter') }) },
    { weight: 1, arbitrary: fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }) },
  ),
})).filter;

function anyField(names: readonly RunField[]): fc.Arbitrary<RunTarget> {
  return fc.record({ section: fc.constant('field' as const), field: fc.constantFrom(...names) });
}

function equalityOn<T extends number | string | boolean>(target: fc.Arbitrary<RunTarget>, operand: fc.Arbitrary<T>) {
  return fc.oneof(
    fc.record({ target, operator: fc.constantFrom('eq', 'ne'), operand }),
    fc.record({ target, operator: fc.constantFrom('in', 'notIn'), operand: someOf(operand) }),
    fc.record({ target, operator: fc.constant('exists'), operand: fc.boolean() }),
    // Operator and operand fit each other by construction.
  ) as fc.Arbitrary<Condition>;
}

function conditionOn<T extends number | string>(target: fc.Arbitrary<RunTarget>, operand: fc.Arbitrary<T>) {
  const ordered = fc.record({ target, operator: fc.constantFrom('lt', 'le', 'gt', 'ge'), operand });
  return fc.oneof(equalityOn(target, operand), ordered) as fc.Arbitrary<Condition>;
}

function textConditionOn(target: fc.Arbitrary<RunTarget>, operand: fc.Arbitrary<string>) {
  const search = fc.record({ target, operator: fc.constantFrom('contains', 'startsWith'), operand });
  const pattern = fc.record({ target, operator: fc.constant('matches'), operand: anyPattern });
  return fc.oneof(conditionOn(target, operand), search, pattern) as fc.Arbitrary<Condition>;
}

function someOf<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: 1, maxLength: 4 });
}

function anyEntries<T>(keys: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries));
}
