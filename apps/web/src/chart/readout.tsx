import { formatNumber } from '../format/format-number.ts';
import css from './chart.module.css';
import type { ChartLine, XKind } from './chart-line.ts';
import { formatX } from './format-x.ts';
import { type CursorValue, readCursor } from './read-cursor.ts';

const MOST_SHOWN = 10;
const WIDTH = 200;

export interface ReadoutProps {
  readonly lines: readonly ChartLine[];
  readonly xKind: XKind;
  readonly x: number;
  /** The value at the height of the pointer, if it is over this chart. */
  readonly y: number | null;
  readonly left: number;
  readonly width: number;
}

/** The values at the cursor, the greatest first, the nearest line bold; on the side where there is room. */
export function Readout({ lines, xKind, x, y, left, width }: ReadoutProps) {
  const values = readCursor(lines, x);
  const nearest = y === null ? undefined : nearestTo(values, y);
  const shown = around(values, nearest);
  const side = left + WIDTH + 24 > width ? { right: Math.max(0, width - left + 12) } : { left: left + 12 };
  return (
    <div className={css.readout} style={side} aria-hidden="true">
      <div className={css.readoutX}>{formatX(xKind, x >= 0 && xKind === 'step' ? Math.round(x) : x)}</div>
      {shown.map((each) => (
        <div key={each.id} className={css.readoutLine} data-nearest={each === nearest || undefined}>
          <span className={css.swatch} style={{ background: each.colour }} />
          <span className={css.readoutName}>{each.label}</span>
          <span>{formatNumber(each.value).text}</span>
        </div>
      ))}
      {values.length > shown.length && <div className={css.readoutX}>{values.length - shown.length} more</div>}
    </div>
  );
}

function nearestTo(values: readonly CursorValue[], y: number): CursorValue | undefined {
  return values.reduce<CursorValue | undefined>(
    (best, each) => (best === undefined || Math.abs(each.value - y) < Math.abs(best.value - y) ? each : best),
    undefined,
  );
}

function around(values: readonly CursorValue[], nearest: CursorValue | undefined): readonly CursorValue[] {
  const at = nearest === undefined ? 0 : values.indexOf(nearest);
  const from = Math.max(0, Math.min(at - MOST_SHOWN / 2, values.length - MOST_SHOWN));
  return values.slice(from, from + MOST_SHOWN);
}
