import { useId, useState } from 'react';
import { formatCount, formatNumber } from '../../format/format-number.ts';
import css from './bars.module.css';

export interface BarsProps {
  /** What is spread: its name for screen readers. */
  readonly label: string;
  readonly counts: readonly number[];
  /** One more than `counts`. */
  readonly edges: readonly number[];
}

const WIDTH = 480;
const HEIGHT = 96;
const MOST_BARS = 480;

/** A histogram as bars; the edges and the count of the bar that is pointed at, or that arrow keys chose, below it. */
export function Bars({ label, counts, edges }: BarsProps) {
  const id = useId();
  const [at, setAt] = useState<number>();
  const bars = counts.slice(0, MOST_BARS);
  const most = Math.max(...bars.filter(Number.isFinite), 0);
  const width = WIDTH / Math.max(1, bars.length);
  const read = (index: number) =>
    `${formatNumber(edges[index] ?? Number.NaN).text} to ${formatNumber(edges[index + 1] ?? Number.NaN).text}: ${countText(bars[index] ?? 0)}`;
  const choose = (index: number) => setAt(Math.max(0, Math.min(bars.length - 1, index)));
  return (
    <div className={css.bars}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.length - 1)}
        aria-valuenow={at ?? 0}
        aria-valuetext={read(at ?? 0)}
        aria-describedby={id}
        className={css.field}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          choose(at === undefined ? 0 : at + step);
        }}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          choose(Math.floor(((event.clientX - box.left) / box.width) * bars.length));
        }}
        onPointerLeave={() => setAt(undefined)}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {bars.map((count, index) => {
            const height = most > 0 && count > 0 ? Math.max(1, (count / most) * (HEIGHT - 2)) : 0;
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
                key={index}
                x={index * width}
                y={HEIGHT - height}
                width={Math.max(0.5, width - (width > 3 ? 1 : 0))}
                height={height}
                className={index === at ? css.chosen : css.bar}
              />
            );
          })}
        </svg>
      </div>
      <div className={css.axis}>
        <span>{formatNumber(edges[0] ?? Number.NaN).text}</span>
        <span id={id} className={css.readout}>
          {at === undefined ? `${formatCount(counts.length)} bins, the fullest has ${countText(most)}` : read(at)}
        </span>
        <span>{formatNumber(edges[bars.length] ?? Number.NaN).text}</span>
      </div>
    </div>
  );
}

// Counts may be shares.
function countText(count: number): string {
  return Number.isInteger(count) ? formatCount(count) : formatNumber(count).text;
}
