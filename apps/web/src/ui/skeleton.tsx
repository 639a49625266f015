import css from './small.module.css';

const WIDTHS = ['92%', '74%', '83%', '61%', '88%'] as const;

export interface SkeletonProps {
  readonly lines?: number;
  /** The height of a line in px; 12 unless it stands for something larger. */
  readonly height?: number;
}

/** Stands for what is on its way, in its shape; it shows after 150 ms, so that what is quick does not flicker. */
export function Skeleton({ lines = 1, height = 12 }: SkeletonProps) {
  return (
    <div aria-busy="true">
      <span className="visually-hidden">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className={css.skeleton} style={{ width: WIDTHS[line % WIDTHS.length], height }} />
      ))}
    </div>
  );
}
