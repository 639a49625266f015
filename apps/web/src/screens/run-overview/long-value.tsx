import type { JsonValue } from '@summa/core/json/json-value';
import { useState } from 'react';
import { countOf } from '../../format/format-number.ts';
import { prettyJson } from '../../format/pretty-json.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/copy.tsx';
import css from './run-overview.module.css';

const FOLDED = 1_200;

/** The whole of a value: a text as it is, anything else as JSON; what is long is folded until somebody wants all of it. */
export function LongValue({ value, label }: { readonly value: JsonValue; readonly label: string }) {
  const [whole, setWhole] = useState(false);
  const text = typeof value === 'string' ? value : prettyJson(value);
  const isLong = text.length > FOLDED;
  return (
    <div className={css.long}>
      <CodeBlock text={isLong && !whole ? `${text.slice(0, FOLDED)}…` : text} copied={text} label={label} />
      {isLong && (
        <Button look="quiet" onClick={() => setWhole(!whole)}>
          {whole ? 'Show less' : `Show all ${countOf(text.length, 'character')}`}
        </Button>
      )}
    </div>
  );
}
