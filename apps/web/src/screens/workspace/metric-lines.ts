import type { ChartLine } from '../../chart/chart-line.ts';
import { seriesPoints } from '../../chart/series-line.ts';
import type { SeriesFieldsFragment } from '../../generated/graphql.ts';

/** How a run is drawn and called. */
export type DrawnRun = Pick<ChartLine, 'id' | 'label' | 'colour' | 'dash'>;

/** What was read of a run. */
export interface ReadRun {
  readonly id: string;
  readonly history: { readonly series: readonly SeriesFieldsFragment[] };
}

/** For each metric the lines of the runs that logged it, in the order in which the runs are listed. */
export function metricLines(
  keys: readonly string[],
  read: readonly ReadRun[],
  drawn: readonly DrawnRun[],
): Map<string, readonly ChartLine[]> {
  const looks = new Map(drawn.map((each) => [each.id, each]));
  return new Map(
    keys.map((key) => [
      key,
      read.flatMap(({ id, history }) => {
        const look = looks.get(id);
        const series = history.series.find((each) => each.key === key);
        return look && series && series.count > 0 ? [{ ...look, ...seriesPoints(series) }] : [];
      }),
    ]),
  );
}
