import css from './small.module.css';

/** A key of the keyboard. */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className={css.kbd}>{children}</kbd>;
}
