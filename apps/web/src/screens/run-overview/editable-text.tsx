import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import { Missing } from '../../ui/number-text.tsx';
import css from './run-overview.module.css';

export interface EditableTextProps {
  /** What it is: "name". */
  readonly label: string;
  readonly value: string;
  /** Whether it may have several lines. */
  readonly lines?: boolean;
  readonly mayWrite: boolean;
  readonly onSave: (value: string) => unknown;
}

const FOLDED = 600;

/** A text with a pencil. Enter saves (with Ctrl or ⌘ where there are several lines), Escape leaves it as it was. */
export function EditableText({ label, value, lines = false, mayWrite, onSave }: EditableTextProps) {
  const [draft, setDraft] = useState<string>();
  const [whole, setWhole] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && draft === undefined) pencil.current?.focus();
    wasEditing.current = draft !== undefined;
  }, [draft]);
  const save = () => {
    if (draft !== undefined && draft !== value) onSave(draft);
    setDraft(undefined);
  };
  if (draft !== undefined) {
    return (
      <form
        className={css.edit}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(undefined);
          if (lines && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      >
        {lines ? (
          <textarea
            className={css.area}
            aria-label={label}
            rows={6}
            // biome-ignore lint/a11y/noAutofocus: somebody has just asked to write here
            autoFocus
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
          />
        ) : (
          <Input aria-label={label} autoFocus value={draft} onChange={(event) => setDraft(event.target.value)} />
        )}
        <span className={css.buttons}>
          <Button onClick={() => setDraft(undefined)}>Cancel</Button>
          <Button look="main" type="submit">
            Save
          </Button>
        </span>
      </form>
    );
  }
  const isLong = value.length > FOLDED;
  return (
    <span className={css.editable}>
      <span className={lines ? css.lines : undefined}>
        {value === '' ? <Missing /> : isLong && !whole ? `${value.slice(0, FOLDED)}…` : value}
        {isLong && (
          <Button look="quiet" onClick={() => setWhole(!whole)}>
            {whole ? 'Show less' : 'Show all'}
          </Button>
        )}
      </span>
      {mayWrite && (
        <IconButton ref={pencil} label={`Change the ${label}`} onClick={() => setDraft(value)}>
          <Pencil aria-hidden />
        </IconButton>
      )}
    </span>
  );
}
