import { formatNumber } from '../format/format-number.ts';
import { formatDuration, formatMoment } from '../format/format-time.ts';
import type { XKind } from './chart-line.ts';

/** A place on the x axis in words: `step 120`, `1 h 04 m`, a moment, or the number. */
export function formatX(kind: XKind, x: number): string {
  if (kind === 'step') return `step ${formatNumber(x).full}`;
  if (kind === 'time') return formatMoment(new Date(x * 1_000));
  return kind === 'duration' ? formatDuration(x * 1_000) : formatNumber(x).text;
}
