/** One line of a chart. All lists are as long as `x`, which ascends; a missing or NaN `y` is a gap. */
export interface ChartLine {
  /** Names the line among all of the chart. */
  readonly id: string;
  readonly label: string;
  /** CSS, such as `var(--run-3)`. */
  readonly colour: string;
  readonly dash: readonly number[];
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number | null>;
  /** The band around the line, where every point stands for several values. */
  readonly min?: ArrayLike<number | null>;
  readonly max?: ArrayLike<number | null>;
}

/** What the x axis counts: steps, seconds since 1970, seconds since the start, or the values of another metric. */
export type XKind = 'step' | 'time' | 'duration' | 'number';

/** A part of the x axis, both ends included. */
export interface XRange {
  readonly from: number;
  readonly to: number;
}

/** The number if it can be drawn, else null. */
export function drawable(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
