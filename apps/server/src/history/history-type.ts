import { builder } from '../graphql/builder.ts';
import { parseNumberCursor } from '../graphql/cursor.ts';
import { readPage } from '../graphql/page.ts';
import { forwardArguments } from '../graphql/page-arguments.ts';
import { LIMITS } from '../limits.ts';
import type { RunRef } from '../services.ts';
import { checkCount } from '../text-input.ts';
import { beyondStep, DEFAULT_BUCKETS, DEFAULT_POINTS, isEmpty, readBuckets, readRange } from './history-arguments.ts';
import { HistoryKeyType, historyKeysOf } from './history-key-type.ts';
import { findRow, listRows } from './list-rows.ts';
import { PointsType, STEP_CURSOR } from './points-type.ts';
import { readPoints } from './read-history.ts';
import { RowConnection, RowType } from './row-type.ts';
import { SeriesType } from './series-type.ts';

/** The history of a run as GraphQL sees it. */
export interface HistoryView {
  readonly run: RunRef;
  readonly rowCount: number;
  readonly lastStep: number | null;
}

const StepRange = builder.inputType('StepRange', {
  description: 'A range of steps, both ends included.',
  fields: (t) => ({
    from: t.field({ type: 'Step', description: 'The first step. It is the first of the run when left out.' }),
    to: t.field({ type: 'Step', description: 'The last step. It is the last of the run when left out.' }),
  }),
});

/** The GraphQL type of a run's history. */
export const HistoryType = builder.objectRef<HistoryView>('History').implement({
  description: 'Everything that a run has logged, by step.',
  fields: (t) => ({
    rowCount: t.field({
      type: 'Count',
      description: 'How many different steps were logged.',
      resolve: (view) => view.rowCount,
    }),
    lastStep: t.field({
      type: 'Step',
      nullable: true,
      description: 'The highest step. It is null before the first row.',
      resolve: (view) => view.lastStep,
    }),
    keys: t.field({
      type: [HistoryKeyType],
      description: 'The metrics by their key, without system metrics; at most 100,000.',
      extensions: { cost: 50 },
      resolve: async (view, _args, { loaders }) =>
        historyKeysOf((await loaders.summaries.load(view.run))?.states ?? new Map()),
    }),
    series: t.field({
      type: [SeriesType],
      description:
        'Metrics for a chart: one for each key asked for, in that order, all cut into the same buckets. The first and the last point are always in.',
      args: {
        keys: t.arg.stringList({ required: true, description: 'The keys of the metrics; at most 1,000.' }),
        range: t.arg({ type: StepRange, description: 'Only these steps. It is all of them when left out.' }),
        buckets: t.arg.int({
          description: `How many buckets there are at most: 1 to ${LIMITS.buckets}. It is ${DEFAULT_BUCKETS} when left out.`,
        }),
        x: t.arg.string({ description: 'The key of a metric to draw over, instead of the step.' }),
      },
      extensions: { cost: 200 },
      resolve: async ({ run }, args, { loaders, budget }) => {
        checkCount(args.keys, LIMITS.keys, ['keys']);
        const buckets = readBuckets(args.buckets);
        budget.spendPoints(args.keys.length * buckets, ['buckets']);
        const x = args.x ?? undefined;
        const ask = { keys: args.keys, range: readRange(args.range), buckets, x };
        const series = await loaders.series.load({ run, ask });
        return series.map((ofKey) => ({ ...ofKey, x: x ?? null }));
      },
    }),
    points: t.field({
      type: [PointsType],
      description:
        'Values as they were logged: one page for each key asked for, in that order. Every key has its own end, so page each on its own.',
      args: {
        keys: t.arg.stringList({ required: true, description: 'The keys of the metrics; at most 1,000.' }),
        range: t.arg({ type: StepRange, description: 'Only these steps. It is all of them when left out.' }),
        first: t.arg.int({
          description: `How many points of each key there are at most: 0 to ${LIMITS.points}. It is ${DEFAULT_POINTS} when left out.`,
        }),
        after: t.arg.string({
          description: 'Only points after this cursor, which is the `endCursor` of the page before.',
        }),
      },
      extensions: { cost: 200, items: 10 },
      resolve: async ({ run }, args, { services, budget }) => {
        checkCount(args.keys, LIMITS.keys, ['keys']);
        const { size, cursor } = readPage({ first: args.first ?? DEFAULT_POINTS, after: args.after }, LIMITS.points);
        budget.spendPoints(args.keys.length * size, ['first']);
        const afterStep = cursor === null ? undefined : parseNumberCursor(STEP_CURSOR, cursor, 'after');
        const range = beyondStep(readRange(args.range), afterStep);
        const pages =
          size > 0 && !isEmpty(range)
            ? await readPoints(services, run, { keys: args.keys, range, first: size })
            : undefined;
        return args.keys.map((key) => ({ key, page: pages?.get(key) ?? null }));
      },
    }),
    rows: t.field({
      type: RowConnection,
      description:
        'Rows as they stand now, by step: those that have one of the keys, or all. A whole long run is read faster as a stream: `GET /api/export/<entity>/<project>/runs/<run>/history`.',
      args: {
        keys: t.arg.stringList({
          description: 'The keys that the rows are to show; at most 1,000. It is all of them when left out.',
        }),
        range: t.arg({ type: StepRange, description: 'Only these steps. It is all of them when left out.' }),
        ...forwardArguments(t.arg, 'rows'),
      },
      extensions: { cost: 200 },
      resolve: ({ run }, args, context) => {
        checkCount(args.keys, LIMITS.keys, ['keys']);
        return listRows(context, run, args);
      },
    }),
    row: t.field({
      type: RowType,
      nullable: true,
      description: 'What was logged at one step. It is null when nothing was.',
      args: { step: t.arg({ type: 'Step', required: true, description: 'The step.' }) },
      extensions: { cost: 100 },
      resolve: ({ run }, { step }, context) => findRow(context, run, step),
    }),
  }),
});
