import { formatNumber } from '../format/format-number.ts';
import css from './chart.module.css';
import type { ChartLine, XKind } from './chart-line.ts';
import { formatX } from './format-x.ts';
import { nearestTo, readCursor, valuesAround } from './read-cursor.ts';

const MOST_SHOWN = 10;
const MOST_BESIDE = 4;
const BESIDE_CURSOR = 12;
const LEAST_WIDTH = 120;
const MOST_WIDTH = 260;

export interface ReadoutProps {
  readonly lines: readonly ChartLine[];
  readonly xKind: XKind;
  readonly x: number;
  /** The value at the height of the pointer, if it is over this chart. */
  readonly y: number | null;
  /** The line that is pointed at in another chart. */
  readonly pointed: string | undefined;
  readonly left: number;
  readonly width: number;
}

/**
 * The values at the cursor, the greatest first, the nearest line bold; on the side where there is room. A chart that
 * follows the cursor of another shows a few around the line that is pointed at there.
 */
export function Readout({ lines, xKind, x, y, pointed, left, width }: ReadoutProps) {
  const values = readCursor(lines, x);
  const nearest = y === null ? values.find(({ id }) => id === pointed) : nearestTo(values, y);
  const shown = valuesAround(values, nearest, y === null ? MOST_BESIDE : MOST_SHOWN);
  const room = Math.max(LEAST_WIDTH, Math.max(left, width - left) - BESIDE_CURSOR);
  const side = left > width / 2 ? { right: width - left + BESIDE_CURSOR } : { left: left + BESIDE_CURSOR };
  if (y === null && shown.length === 0) return null;
  return (
    <div className={css.readout} style={{ ...side, maxWidth: Math.min(MOST_WIDTH, room) }} aria-hidden="true">
      <div className={css.readoutX}>{formatX(xKind, xKind === 'step' ? Math.round(x) : x)}</div>
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
