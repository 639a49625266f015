import { builder } from '../graphql/builder.ts';
import { formatCursor, parseTextCursor } from '../graphql/cursor.ts';
import { RunRef } from '../graphql/node-refs.ts';
import { type Connection, connectionOf, type PageArguments, readPage } from '../graphql/page.ts';
import { forwardArguments } from '../graphql/page-arguments.ts';
import { LIMITS } from '../limits.ts';
import { MetricSummaryConnection, MetricSummaryType } from '../metric/metric-summary-type.ts';
import type { MetricView } from '../metric/metric-view.ts';
import { checkCount } from '../text-input.ts';
import { ExplicitValueType } from './explicit-value-type.ts';
import { listRevisions } from './list-revisions.ts';
import { SummaryRevisionConnection } from './summary-revision-type.ts';
import { SummaryValueType, summaryValue } from './summary-value-type.ts';
import { documentOf, metricOf, metricsOf, type SummaryView, shownAt } from './summary-view.ts';

const METRIC_CURSOR = 'metric';

/** The GraphQL type of a summary. */
export const SummaryType = builder.objectRef<SummaryView>('Summary').implement({
  description:
    'The few values that say how good a run was: what its metrics and their definitions give, with what people set by hand laid over it. It always is up ' +
    'to date with every row that was acknowledged.',
  fields: (t) => ({
    run: t.field({ type: RunRef, description: 'The run.', resolve: (view) => view.run }),
    revision: t.field({
      type: 'Count',
      description: 'How many times the summary was changed by hand. `updateSummary` can insist on it.',
      resolve: (view) => view.data.editRevision,
    }),
    document: t.field({
      type: 'JSON',
      description:
        'The summary as one nested object. A metric shows its last value, or the statistics that its definition asks for. System metrics are left out.',
      args: {
        keys: t.arg.stringList({
          description: 'Only what stands at these keys; at most 1,000. It is everything when left out.',
        }),
      },
      extensions: { cost: 5 },
      resolve: (view, args, context) => {
        checkCount(args.keys, LIMITS.keys, ['keys']);
        return documentOf(context, view, args.keys ?? undefined);
      },
    }),
    value: t.field({
      type: SummaryValueType,
      nullable: true,
      description: 'What the summary shows at one key. It is null when it shows nothing.',
      args: {
        key: t.arg.string({
          required: true,
          description: 'The key, such as "val/loss", or "val/loss.min" for one statistic.',
        }),
      },
      extensions: { cost: 5 },
      resolve: async (view, { key }, context) => summaryValue(view, key, await shownAt(context, view, key)),
    }),
    metric: t.field({
      type: MetricSummaryType,
      nullable: true,
      description: 'A metric with all its statistics. It is null when the run never logged it.',
      args: { key: t.arg.string({ required: true, description: 'The key of the metric.' }) },
      resolve: (view, { key }) => metricOf(view, key),
    }),
    metrics: t.field({
      type: MetricSummaryConnection,
      description:
        'The metrics of the run by their key. System metrics are left out unless the keys or the prefix name them.',
      args: {
        keys: t.arg.stringList({ description: 'Only these keys; at most 1,000.' }),
        prefix: t.arg.string({ description: 'Only keys that begin with this text.' }),
        ...forwardArguments(t.arg, 'metrics'),
      },
      extensions: { cost: 5 },
      resolve: (view, args) => {
        checkCount(args.keys, LIMITS.keys, ['keys']);
        return pageOfMetrics(metricsOf(view, { keys: args.keys ?? undefined, prefix: args.prefix ?? '' }), args);
      },
    }),
    explicit: t.field({
      type: [ExplicitValueType],
      description: 'What people set or deleted by hand and what still holds; at most 10,000.',
      resolve: (view) => [...view.data.explicit.values()],
    }),
    revisions: t.field({
      type: SummaryRevisionConnection,
      description: 'Every change by hand, the newest first.',
      args: forwardArguments(t.arg, 'changes'),
      extensions: { cost: 100 },
      resolve: (view, args, { services }) => listRevisions(services, view.ref, args),
    }),
  }),
});

function pageOfMetrics(metrics: readonly MetricView[], args: PageArguments): Connection<MetricView> {
  const page = readPage(args);
  const after = page.cursor === null ? null : parseTextCursor(METRIC_CURSOR, page.cursor, 'after');
  const beyond = after === null ? metrics : metrics.filter((metric) => metric.key > after);
  return connectionOf(beyond.slice(0, page.size + 1), page, {
    cursorOf: (metric) => formatCursor(METRIC_CURSOR, metric.key),
    totalCount: () => metrics.length,
  });
}
