import { formatNumber, splitAtPoint } from '../format/format-number.ts';
import { classNames } from './class-names.ts';
import { copyText } from './copy.tsx';
import css from './small.module.css';

export interface NumberTextProps {
  /** A number, a whole number beyond 2^53, the text of NaN or ±Infinity, or nothing. */
  readonly value: number | bigint | string | null | undefined;
  /** Aligns the decimal points of a column; the cell must be aligned right. */
  readonly aligned?: boolean;
  /** How many letters have room right of the points of the column, when it is not to be as many as any number may need. */
  readonly room?: number;
}

const ROOM = 7.5;

/** A number as people read it. The full value is shown on hover and is what is copied; a missing one is a faint dash. */
export function NumberText({ value, aligned = false, room = ROOM }: NumberTextProps) {
  if (value === null || value === undefined) return <Missing />;
  const { text, full, kind } = formatNumber(value);
  const [whole, rest] = splitAtPoint(text);
  return (
    <span
      className={classNames(css.number, kind !== 'finite' && css.strange)}
      title={full === text ? undefined : full}
      onCopy={(event) => {
        event.preventDefault();
        void copyText(full);
      }}
    >
      {aligned ? (
        <>
          {whole}
          <span className={css.rest} style={{ width: `${room}ch` }}>
            {rest}
          </span>
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
