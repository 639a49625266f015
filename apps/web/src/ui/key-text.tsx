import { splitKey } from '../format/split-key.ts';
import css from './small.module.css';

/** A key with the prefix that it shares with others muted; the whole of it is shown on hover. */
export function KeyText({ name }: { readonly name: string }) {
  const [prefix, last] = splitKey(name);
  return (
    <span className={css.key} title={name}>
      {prefix !== '' && <span className={css.prefix}>{prefix}</span>}
      {last}
    </span>
  );
}
