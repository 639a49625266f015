import type { ChartLine, XKind, XRange } from './chart-line.ts';

/** What can be had of a chart that is drawn. */
export interface DrawnCanvas {
  readonly canvas: HTMLCanvasElement;
}

export interface ChartProps {
  /** What is drawn, for screen readers: the key of the metric. */
  readonly label: string;
  /** Keep the same list while nothing changed: a new one is drawn anew. */
  readonly lines: readonly ChartLine[];
  readonly xKind?: XKind;
  readonly isLogX?: boolean;
  readonly isLogY?: boolean;
  /** Weight of the moving average, from 0 for none to below 1; the raw line stays behind it. */
  readonly smoothing?: number;
  /** Whether the band between the least and the greatest is drawn; it is unless false. */
  readonly hasBand?: boolean;
  /** Leaves the most extreme values out of the scale, and says how many. */
  readonly clipsOutliers?: boolean;
  /** The id of a line to lift above the others. */
  readonly lifted?: string | null;
  /** The part of the x axis that is shown; all of it when null. */
  readonly range?: XRange | null;
  /** A part was chosen by dragging, or, with null, all of it by a double click: give it back as `range`, with finer lines. */
  readonly onZoom?: (range: XRange | null) => void;
  /** Charts with the same key share one cursor. */
  readonly syncKey?: string;
  /** In CSS pixels; 200 unless given. */
  readonly height?: number;
  readonly onReady?: (drawn: DrawnCanvas | null) => void;
}
