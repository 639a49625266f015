import { type ReactNode, useId } from 'react';
import { formatCount } from '../../format/format-number.ts';
import css from './run-overview.module.css';

export interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the overview with its name, how much is in it, and what can be done there. */
export function Section({ title, count, tools, children }: SectionProps) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className={css.count}>{formatCount(count)}</span>}
        <div className={css.tools}>{tools}</div>
      </div>
      {children}
    </section>
  );
}
