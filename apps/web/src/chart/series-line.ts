import { toNumber } from '@summa/client/query';
import type { SeriesFieldsFragment } from '../generated/graphql.ts';
import type { ChartLine } from './chart-line.ts';

type Points = Pick<ChartLine, 'x' | 'y' | 'min' | 'max'>;

/**
 * The points of a series as the API gives it, over the step: the mean of each bucket, with a band where it holds several values.
 *
 * @public For a screen that reads a few series itself; pages of charts use `metric-charts`.
 */
export function seriesPoints({ steps, mean, min, max, exact }: SeriesFieldsFragment): Points {
  const numbers = (values: typeof mean) => values.map((value) => toNumber(value));
  return { x: steps, y: numbers(mean), ...(!exact && { min: numbers(min), max: numbers(max) }) };
}
