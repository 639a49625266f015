import { builder } from '../graphql/builder.ts';
import type { KeySeries } from './read-series.ts';

/** A series with the metric that it is drawn over, if any. */
export interface SeriesView extends KeySeries {
  readonly x: string | null;
}

/** The GraphQL type of a metric cut into buckets. */
export const SeriesType = builder.objectRef<SeriesView>('Series').implement({
  description:
    'A metric over a range of steps, cut into buckets of equal width; buckets without a number are left out. Entry i of every list belongs to the same bucket. ' +
    'Booleans are the numbers 1 and 0, texts, lists and objects are left out.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key of the metric.' }),
    x: t.exposeString('x', {
      nullable: true,
      description: 'The key of the metric that this one is drawn over. It is null when that is the step.',
    }),
    exact: t.exposeBoolean('exact', {
      description: 'Whether every bucket holds a single number, so that nothing was left out between them.',
    }),
    count: t.field({
      type: 'Count',
      description: 'How many numbers all buckets hold together.',
      resolve: ({ series }) => sumOf(series.count),
    }),
    steps: t.field({
      type: ['Step'],
      description: 'The first step in each bucket that has a number.',
      resolve: ({ series }, _, { lists }) => lists.finite(series.firstStep),
    }),
    lastSteps: t.field({
      type: ['Step'],
      description: 'The last step in each bucket that has a number.',
      resolve: ({ series }, _, { lists }) => lists.finite(series.lastStep),
    }),
    counts: t.field({
      type: ['Count'],
      description: 'How many numbers each bucket holds, NaN and the infinities among them.',
      resolve: ({ series }, _, { lists }) => lists.finite(series.count),
    }),
    min: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'The least finite number of each bucket, null where there is none.',
      resolve: ({ series }, _, { lists }) => lists.statistics(series.min),
    }),
    max: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'The greatest finite number of each bucket, null where there is none.',
      resolve: ({ series }, _, { lists }) => lists.statistics(series.max),
    }),
    mean: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'The mean of the finite numbers of each bucket, null where there is none.',
      resolve: ({ series }, _, { lists }) => lists.statistics(series.mean),
    }),
    first: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'The number at the first step of each bucket.',
      resolve: ({ series }, _, { lists }) => lists.doubles(series.first),
    }),
    last: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'The number at the last step of each bucket.',
      resolve: ({ series }, _, { lists }) => lists.doubles(series.last),
    }),
    xValues: t.field({
      type: ['Double'],
      nullable: true,
      description:
        'The number of the metric `x` at the first step of each bucket. It is null when no `x` was asked for.',
      resolve: ({ xValues }, _, { lists }) => xValues && lists.doubles(xValues),
    }),
  }),
});

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
