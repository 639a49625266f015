import { builder } from '../graphql/builder.ts';
import { FileRef } from '../graphql/node-refs.ts';
import { LIMITS } from '../limits.ts';
import { checkPercents } from './tensor-arguments.ts';
import { TensorHistogramType } from './tensor-histogram-type.ts';
import { percentilesOf, statisticsOf, type TensorView, valuesOf } from './tensor-view.ts';

/** What one more reading of a tensor costs. */
const READING = { cost: 50 };

/** The GraphQL type of a tensor in a file. */
export const TensorType = builder.objectRef<TensorView>('Tensor').implement({
  description:
    'An array of numbers in a file of a run. Statistics are over its finite values, booleans as 0 and 1; NaN and the infinities are counted apart.',
  fields: (t) => ({
    dataset: t.exposeString('dataset', {
      nullable: true,
      description: 'Which dataset of an HDF5 file it is. It is null for a file that is one tensor.',
    }),
    dtype: t.string({
      description: 'The type of its values, by the name that numpy gives it: "float32".',
      resolve: ({ description }) => description.dtype,
    }),
    shape: t.field({
      type: ['Count'],
      description: 'The lengths of its axes, outermost first. A single number has none.',
      resolve: ({ description }) => [...description.shape],
    }),
    size: t.field({
      type: 'Count',
      description: 'How many values it has, finite or not.',
      resolve: ({ description }) => description.count,
    }),
    nanCount: t.field({
      type: 'Count',
      description: 'How many values are NaN.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).nan,
    }),
    posInfCount: t.field({
      type: 'Count',
      description: 'How many values are Infinity.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).posInf,
    }),
    negInfCount: t.field({
      type: 'Count',
      description: 'How many values are -Infinity.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).negInf,
    }),
    zeroCount: t.field({
      type: 'Count',
      description: 'How many values are zero.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).zeros,
    }),
    min: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The smallest value; a whole number has all its digits. It is null when no value is finite.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).min,
    }),
    max: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The largest value; a whole number has all its digits. It is null when no value is finite.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).max,
    }),
    mean: t.field({
      type: 'Double',
      nullable: true,
      description: 'The mean. It is null when no value is finite.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).mean,
    }),
    variance: t.field({
      type: 'Double',
      nullable: true,
      description: 'The population variance: divided by the count. It is null when no value is finite.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).variance,
    }),
    percentile: t.field({
      type: 'Double',
      nullable: true,
      description:
        'The number below which p percent of the values lie, interpolated linearly between neighbours. It is null when no value is finite.',
      args: { p: t.arg.float({ required: true, description: 'The percentage, from 0 to 100.' }) },
      extensions: READING,
      resolve: async (view, { p }, context) => (await percentilesOf(context, view, checkPercents([p], 'p')))[0] ?? null,
    }),
    percentiles: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'Several percentiles, in the order asked for.',
      args: {
        ps: t.arg.floatList({
          required: true,
          description: `The percentages, from 0 to 100; at most ${LIMITS.tensorPercentiles} of them.`,
        }),
      },
      extensions: READING,
      resolve: (view, { ps }, context) => percentilesOf(context, view, checkPercents(ps, 'ps')),
    }),
    histogram: t.field({
      type: TensorHistogramType,
      nullable: true,
      description: 'How its values are spread over 64 bins of equal width. It is null when no value is finite.',
      resolve: async (view, _args, context) => (await statisticsOf(context, view)).histogram,
    }),
    values: t.field({
      type: ['JSON'],
      description:
        'Some of its values, the last axis varying fastest, however they lie in the file. Whole numbers have all their digits; booleans are 0 and 1.',
      args: {
        offset: t.arg({
          type: 'Count',
          description: 'How many values to leave out before the first one; 0 when left out.',
        }),
        first: t.arg.int({
          description: `How many values, at most ${LIMITS.tensorValues.toLocaleString('en')}; 1,000 when left out.`,
        }),
      },
      extensions: READING,
      resolve: (view, args, context) => valuesOf(context, view, args),
    }),
    file: t.field({ type: FileRef, description: 'The file that holds it.', resolve: (view) => view.file }),
  }),
});
