import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './page.module.css';

export interface PageProps {
  /** For reading rather than for tables and charts. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** The place of a screen below the frame. */
export function Page({ narrow = false, children }: PageProps) {
  return <div className={classNames(css.page, narrow && css.narrow)}>{children}</div>;
}

/** A plain table of a few rows with hairlines; it scrolls sideways where there is no room. `caption` is for screen readers. */
export function PlainTable({ caption, children }: { readonly caption: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={caption}>
      <table className={css.table}>{children}</table>
    </section>
  );
}

/** Names and what they stand for: children are `Fact`. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={css.facts}>{children}</dl>;
}

/** One line of `Facts`. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
