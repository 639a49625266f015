import { parseKey } from '@summa/core/key/key-path';
import type { Extreme, Sample } from '@summa/core/metric/metric-state';
import { bestOf, readStatistic } from '@summa/core/metric/read-statistic';
import type { SummaryOption } from '@summa/core/metric/statistic';
import type { RequestContext } from '../access/request-context.ts';
import { builder } from '../graphql/builder.ts';
import { connectionType } from '../graphql/connection-type.ts';
import { kindOf } from '../history/key-kinds.ts';
import { momentOf } from '../history/moment.ts';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { checkCount } from '../text-input.ts';
import { ValueKindType } from './key-type.ts';
import { GoalType, ResolvedDefinitionType } from './metric-definition-type.ts';
import type { MetricView } from './metric-view.ts';

/** The GraphQL type of a metric with all its statistics. */
export const MetricSummaryType = builder.objectRef<MetricView>('MetricSummary');

MetricSummaryType.implement({
  description:
    'A metric with all its statistics, whoever defined what. They are over the values of all steps, one value a step: the one that arrived last. Only finite ' +
    'numbers, and booleans as 1 and 0, are in min, max, mean, sum, variance and percentiles.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key of the metric: its path with "." between the elements.' }),
    path: t.stringList({
      description: 'The elements of the key, outermost first.',
      resolve: (view) => [...parseKey(view.key)],
    }),
    kind: t.field({
      type: ValueKindType,
      description: 'What kind of value was logged last.',
      resolve: ({ state }) => kindOf(state.last?.value ?? null),
    }),
    goal: t.field({
      type: GoalType,
      nullable: true,
      description: 'Which way the metric gets better. It is null when nobody said.',
      resolve: (view) => view.definition?.goal ?? null,
    }),
    definition: t.field({
      type: ResolvedDefinitionType,
      nullable: true,
      description: 'What the definitions of the run say about the metric. It is null when they say nothing.',
      resolve: (view) => view.definition,
    }),
    hidden: t.boolean({
      description: 'Whether charts leave the metric out.',
      resolve: (view) => view.definition?.isHidden ?? false,
    }),
    stepMetric: t.string({
      nullable: true,
      description: 'The key of the metric that charts draw it over. It is null when that is the step.',
      resolve: (view) => view.definition?.stepMetric ?? null,
    }),
    count: t.field({
      type: 'Count',
      description: 'How many values of any kind there are.',
      resolve: ({ state }) => state.count,
    }),
    finiteCount: t.field({
      type: 'Count',
      description: 'How many of them are finite numbers.',
      resolve: ({ state }) => state.finiteCount,
    }),
    nanCount: t.field({
      type: 'Count',
      description: 'How many of them are NaN.',
      resolve: ({ state }) => state.nanCount,
    }),
    posInfCount: t.field({
      type: 'Count',
      description: 'How many of them are Infinity.',
      resolve: ({ state }) => state.posInfCount,
    }),
    negInfCount: t.field({
      type: 'Count',
      description: 'How many of them are -Infinity.',
      resolve: ({ state }) => state.negInfCount,
    }),
    last: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value at the highest step, of whatever kind.',
      resolve: ({ state }) => state.last?.value ?? null,
    }),
    lastStep: t.field({
      type: 'Step',
      nullable: true,
      description: 'The step of the last value.',
      resolve: ({ state }) => stepOf(state.last),
    }),
    lastTime: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the last value was logged.',
      resolve: ({ state }) => timeOf(state.last),
    }),
    first: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value at the lowest step, of whatever kind.',
      resolve: ({ state }) => state.first?.value ?? null,
    }),
    firstStep: t.field({
      type: 'Step',
      nullable: true,
      description: 'The step of the first value.',
      resolve: ({ state }) => stepOf(state.first),
    }),
    firstTime: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the first value was logged.',
      resolve: ({ state }) => timeOf(state.first),
    }),
    min: t.field({
      type: 'Double',
      nullable: true,
      description: 'The least finite number. It is null when there is none.',
      resolve: ({ state }) => state.min?.value ?? null,
    }),
    minStep: t.field({
      type: 'Step',
      nullable: true,
      description: 'The step of the least number; of equal ones the lowest.',
      resolve: ({ state }) => stepOf(state.min),
    }),
    minTime: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the least number was logged.',
      resolve: ({ state }) => timeOf(state.min),
    }),
    max: t.field({
      type: 'Double',
      nullable: true,
      description: 'The greatest finite number. It is null when there is none.',
      resolve: ({ state }) => state.max?.value ?? null,
    }),
    maxStep: t.field({
      type: 'Step',
      nullable: true,
      description: 'The step of the greatest number; of equal ones the lowest.',
      resolve: ({ state }) => stepOf(state.max),
    }),
    maxTime: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the greatest number was logged.',
      resolve: ({ state }) => timeOf(state.max),
    }),
    best: t.field({
      type: 'Double',
      nullable: true,
      description: 'The least or the greatest finite number, as the goal says. It is null without a goal.',
      resolve: (view) => best(view)?.value ?? null,
    }),
    bestStep: t.field({
      type: 'Step',
      nullable: true,
      description: 'The step of the best number; of equal ones the lowest.',
      resolve: (view) => stepOf(best(view)),
    }),
    bestTime: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the best number was logged.',
      resolve: (view) => timeOf(best(view)),
    }),
    mean: t.field({
      type: 'Double',
      nullable: true,
      description: 'The mean of the finite numbers. It is null when there is none.',
      resolve: (view) => statistic(view, 'mean'),
    }),
    sum: t.field({
      type: 'Double',
      nullable: true,
      description: 'The sum of the finite numbers. It is null when there is none.',
      resolve: (view) => statistic(view, 'sum'),
    }),
    variance: t.field({
      type: 'Double',
      nullable: true,
      description: 'The variance of the finite numbers, divided by their count. It is null when there is none.',
      resolve: (view) => statistic(view, 'variance'),
    }),
    stddev: t.field({
      type: 'Double',
      nullable: true,
      description: 'The square root of the variance. It is null when there is no finite number.',
      resolve: (view) => statistic(view, 'stddev'),
    }),
    median: t.field({
      type: 'Double',
      nullable: true,
      description: 'The median of the finite numbers, which is the 50th percentile. It is null when there is none.',
      extensions: { cost: 50 },
      resolve: (view, _args, context) => percentile(context, view, 50),
    }),
    percentile: t.field({
      type: 'Double',
      nullable: true,
      description:
        'The number below which p percent of the finite numbers lie, interpolated linearly between neighbours. It is null when there is none.',
      args: { p: t.arg.float({ required: true, description: 'The percentage, from 0 to 100.' }) },
      extensions: { cost: 50 },
      resolve: (view, { p }, context) => percentile(context, view, checkPercentage(p, 'p')),
    }),
    percentiles: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'Several percentiles, in the order asked for.',
      args: {
        ps: t.arg.floatList({ required: true, description: 'The percentages, from 0 to 100; at most 100 of them.' }),
      },
      extensions: { cost: 50 },
      resolve: (view, { ps }, context) => {
        checkCount(ps, LIMITS.percentiles, ['ps']);
        return Promise.all(ps.map((p) => percentile(context, view, checkPercentage(p, 'ps'))));
      },
    }),
  }),
});

/** The GraphQL type of a page of metrics. */
export const MetricSummaryConnection = connectionType(MetricSummaryType, {
  name: 'MetricSummary',
  one: 'a metric',
  many: 'metrics',
});

function best(view: MetricView): Extreme | null {
  return bestOf(view.state, view.definition?.goal ?? null);
}

function statistic(view: MetricView, name: SummaryOption): number | null {
  const value = readStatistic(view.state, name);
  return typeof value === 'number' ? value : null;
}

function stepOf(at: Extreme | Sample | null): number | null {
  return at?.step ?? null;
}

function timeOf(at: Extreme | Sample | null): Date | null {
  return at && momentOf(at.time);
}

async function percentile(
  { loaders }: RequestContext,
  { run, key, state, runPoints }: MetricView,
  p: number,
): Promise<number | null> {
  if (state.finiteCount === 0) return null;
  return loaders.quantiles.load({ run, key, p: p / 100, points: state.count, runPoints });
}

function checkPercentage(p: number, argument: string): number {
  if (p >= 0 && p <= 100) return p;
  throw new ServerError('INVALID_RANGE', `${argument} holds ${p}; a percentage is a number from 0 to 100`, [argument]);
}
