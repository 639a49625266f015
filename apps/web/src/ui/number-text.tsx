import { formatNumber, splitAtPoint } from '../format/format-number.ts';
import { classNames } from './class-names.ts';
import { copyText } from './copy.tsx';
import css from './small.module.css';

export interface NumberTextProps {
  /** A number, a whole number beyond 2^53, the text of NaN or ±Infinity, or nothing. */
  readonly value: number | bigint | string | null | undefined;
  /**
   * Aligns the decimal points of a column; the cell must be aligned right. `--rest` of the cell is how much room there is
   * right of the points, when it is not to be as much as any number may need.
   */
  readonly aligned?: boolean;
}

/** A number as people read it. The full value is shown on hover and is what is copied; a missing one is a faint dash. */
export function NumberText({ value, aligned = false }: NumberTextProps) {
  if (value === null || value === undefined) return <Missing />;
  const { text, full, kind } = formatNumber(value);
  const [whole, rest] = splitAtPoint(text);
  return (
    <span
      className={classNames(css.number, aligned && css.aligned, kind !== 'finite' && css.strange)}
      title={full === text ? undefined : full}
      onCopy={(event) => {
        event.preventDefault();
        void copyText(full);
      }}
    >
      {aligned ? (
        <>
          <span className={css.whole}>{whole}</span>
          <span className={css.rest}>{rest}</span>
        </>
      ) : (
        text
      )}
    </span>
  );
}

/** Stands where there is no value. */
export function Missing() {
  return (
    <span className={css.missing}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">no value</span>
    </span>
  );
}
