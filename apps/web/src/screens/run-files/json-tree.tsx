import type { JsonValue } from '@summa/client';
import { useState } from 'react';
import { countOf } from '../../format/format-number.ts';
import { Button } from '../../ui/button.tsx';
import css from './json-tree.module.css';

const SHOWN_AT_ONCE = 200;
const OPEN_UP_TO = 40;

/** A JSON value as a tree whose branches open and close. */
export function JsonTree({ value }: { readonly value: JsonValue }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className={css.tree} tabIndex={0} aria-label="Content">
      {isBranch(value) ? <Entries value={value} depth={0} /> : <Leaf value={value} />}
    </section>
  );
}

type Branch = Extract<JsonValue, object>;

function isBranch(value: JsonValue): value is Branch {
  return typeof value === 'object' && value !== null;
}

function Entries({ value, depth }: { readonly value: Branch; readonly depth: number }) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const entries = Object.entries(value) as [string, JsonValue][];
  return (
    <ul className={css.entries}>
      {entries.slice(0, shown).map(([key, child]) => (
        <li key={key}>
          {isBranch(child) && Object.keys(child).length > 0 ? (
            <BranchEntry name={key} value={child} depth={depth} />
          ) : (
            <span className={css.entry}>
              <span className={css.key}>{key}</span> <Leaf value={child} />
            </span>
          )}
        </li>
      ))}
      {entries.length > shown && (
        <li>
          <Button look="quiet" onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
            {countOf(entries.length - shown, 'more')}
          </Button>
        </li>
      )}
    </ul>
  );
}

function BranchEntry({
  name,
  value,
  depth,
}: {
  readonly name: string;
  readonly value: Branch;
  readonly depth: number;
}) {
  const count = Object.keys(value).length;
  const [isOpen, setOpen] = useState(depth < 1 && count <= OPEN_UP_TO);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={css.summary}>
        <span className={css.key}>{name}</span>{' '}
        <span className={css.count}>{Array.isArray(value) ? countOf(count, 'item') : countOf(count, 'key')}</span>
      </summary>
      {isOpen && <Entries value={value} depth={depth + 1} />}
    </details>
  );
}

function Leaf({ value }: { readonly value: JsonValue }) {
  if (value === null) return <span className={css.count}>null</span>;
  if (typeof value === 'string') return <span className={css.string}>{JSON.stringify(value)}</span>;
  if (isBranch(value)) return <span className={css.count}>{Array.isArray(value) ? '[]' : '{}'}</span>;
  return <span className={css.scalar}>{String(value)}</span>;
}
