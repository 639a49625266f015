import type { ChartLine } from '../../chart/chart-line.ts';
import { seriesPoints } from '../../chart/series-line.ts';
import type { CompareSeriesQuery } from '../../generated/graphql.ts';

type ReadRuns = NonNullable<CompareSeriesQuery['project']>['runs']['nodes'];

/** For each metric the lines of the runs that logged it, in the order of the columns. */
export function chartLines(
  keys: readonly string[],
  read: ReadRuns,
  drawn: readonly Pick<ChartLine, 'id' | 'label' | 'colour' | 'dash'>[],
): Map<string, readonly ChartLine[]> {
  const byRun = new Map(read.map(({ id, history }) => [id, history.series]));
  const linesOf = (key: string) =>
    drawn.flatMap((look) => {
      const series = byRun.get(look.id)?.find((each) => each.key === key);
      return series && series.count > 0 ? [{ ...look, ...seriesPoints(series) }] : [];
    });
  return new Map(keys.map((key) => [key, linesOf(key)]));
}
