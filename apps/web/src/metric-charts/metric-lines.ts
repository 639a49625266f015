import type { ChartLine } from '../chart/chart-line.ts';
import type { SeriesPoints } from './series-points.ts';
import type { ChartedRun } from './series-store.ts';

/** A run of the charts: how it is called and drawn. */
export interface DrawnRun extends ChartedRun, Pick<ChartLine, 'label' | 'colour' | 'dash'> {}

/** The lines of the runs that logged the metric, in the order of the runs; of all runs when none did. */
export function metricLines(
  runs: readonly DrawnRun[],
  points: ReadonlyMap<string, SeriesPoints>,
  finer: ReadonlyMap<string, SeriesPoints>,
): readonly ChartLine[] {
  const lines = runs.flatMap(({ id, label, colour, dash }): ChartLine[] => {
    const found = finer.get(id) ?? points.get(id);
    return found ? [{ id, label, colour, dash, ...lineOf(found) }] : [];
  });
  const withPoints = lines.filter(({ x }) => x.length > 0);
  return withPoints.length > 0 ? withPoints : lines;
}

function lineOf({ x, y, min, max }: SeriesPoints): Pick<ChartLine, 'x' | 'y' | 'min' | 'max'> {
  return { x, y, ...(min && max && { min, max }) };
}
