import type { ChartLine } from '../../chart/chart-line.ts';

/** The samples of one metric. */
export interface Samples {
  /** In seconds since 1970, ascending. */
  readonly times: readonly number[];
  /** Null where what was logged is no finite number. */
  readonly values: readonly (number | null)[];
}

/** So many points a line has at most. */
export const MOST_POINTS = 800;

type Points = Pick<ChartLine, 'x' | 'y' | 'min' | 'max'>;

/** Reduces samples to as many points as a chart can show: the mean of as many samples each, with a band from least to most. */
export function thinSamples({ times, values }: Samples, points = MOST_POINTS): Points {
  if (times.length <= points) return { x: times, y: values };
  const [x, y, min, max]: [number[], (number | null)[], (number | null)[], (number | null)[]] = [[], [], [], []];
  for (let i = 0; i < points; i++) {
    const [from, to] = [Math.floor((i * times.length) / points), Math.floor(((i + 1) * times.length) / points)];
    const numbers = values.slice(from, to).filter((value) => value !== null);
    x.push(times[from] ?? 0);
    y.push(numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length);
    min.push(numbers.length === 0 ? null : Math.min(...numbers));
    max.push(numbers.length === 0 ? null : Math.max(...numbers));
  }
  return { x, y, min, max };
}

/** Times in order, each once: charts take nothing else. Of several samples at one time the last one counts. */
export function inOrder({ times, values }: Samples): Samples {
  const sorted = times.map((time, i) => [time, values[i] ?? null] as const).sort(([a], [b]) => a - b);
  const kept = sorted.filter(([time], i) => time !== sorted[i + 1]?.[0]);
  return { times: kept.map(([time]) => time), values: kept.map(([, value]) => value) };
}
