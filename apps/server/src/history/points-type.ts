import { type Column, valueAt } from '@summa/core/history/column';
import type { JsonValue } from '@summa/core/json/json-value';
import { builder } from '../graphql/builder.ts';
import { formatCursor } from '../graphql/cursor.ts';
import type { ReadyLists } from '../graphql/ready-lists.ts';
import type { PointPage } from './read-history.ts';

/** The kind of cursor that stands behind a step. */
export const STEP_CURSOR = 'step';

/** A page of the raw points of one metric; null when the run never logged it within the range. */
export interface PointsView {
  readonly key: string;
  readonly page: PointPage | null;
}

/** The GraphQL type of a page of raw points. */
export const PointsType = builder.objectRef<PointsView>('Points').implement({
  description: 'Values of a metric as they were logged, by step. Entry i of every list belongs to the same point.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key of the metric.' }),
    steps: t.field({
      type: ['Step'],
      description: 'The step of each point, ascending.',
      resolve: ({ page }, _, { lists }) => (page ? lists.finite(page.column.steps) : []),
    }),
    times: t.floatList({
      description: 'The time of each point, in seconds since 1970.',
      resolve: ({ page }) => Array.from(page?.times ?? []),
    }),
    values: t.field({
      type: ['JSON'],
      nullable: { list: false, items: true },
      description: 'The value of each point, of whatever kind it was logged.',
      resolve: ({ page }, _, { lists }) => (page ? valuesOf(page.column, lists) : []),
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The cursor of the last point, for the argument `after`. It is null when there are no points.',
      resolve: ({ page }) => {
        const step = page?.column.steps.at(-1);
        return step === undefined ? null : formatCursor(STEP_CURSOR, step);
      },
    }),
    hasNextPage: t.boolean({
      description: 'Whether there are points after these within the range.',
      resolve: ({ page }) => page?.hasNextPage ?? false,
    }),
  }),
});

function valuesOf(column: Column, lists: ReadyLists): readonly (JsonValue | null)[] {
  return column.others === null
    ? lists.doubles(column.numbers)
    : lists.json(Array.from(column.steps, (_, i) => valueAt(column, i)));
}
