import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Chip } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import { Missing } from '../../ui/number-text.tsx';
import css from './run-overview.module.css';
import { withTags } from './with-tags.ts';

export interface TagListProps {
  readonly tags: readonly string[];
  readonly mayWrite: boolean;
  readonly onChange: (tags: readonly string[]) => unknown;
}

/** Tags as chips, each with a cross, and a field for more: Enter or a comma adds, Escape leaves. */
export function TagList({ tags, mayWrite, onChange }: TagListProps) {
  const [draft, setDraft] = useState<string>();
  const plus = useRef<HTMLButtonElement>(null);
  const add = () => {
    const next = withTags(tags, draft ?? '');
    if (next !== tags) onChange(next);
    setDraft('');
  };
  const leave = () => {
    setDraft(undefined);
    requestAnimationFrame(() => plus.current?.focus());
  };
  return (
    <span className={css.tags}>
      {tags.length === 0 && draft === undefined && <Missing />}
      {tags.map((tag) => (
        <span key={tag} className={css.tag}>
          <Chip>{tag}</Chip>
          {mayWrite && (
            <button
              type="button"
              className={css.cross}
              aria-label={`Remove the tag ${tag}`}
              onClick={() => {
                onChange(tags.filter((each) => each !== tag));
                plus.current?.focus();
              }}
            >
              <X aria-hidden />
            </button>
          )}
        </span>
      ))}
      {draft !== undefined && (
        <Input
          className={css.tagInput}
          aria-label="New tag"
          placeholder="tag"
          autoFocus
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => {
            if (draft.trim() !== '') add();
            setDraft(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') leave();
            if (event.key === 'Enter' && draft.trim() === '') leave();
            else if (event.key === 'Enter' || event.key === ',') {
              event.preventDefault();
              add();
            }
          }}
        />
      )}
      {mayWrite && draft === undefined && (
        <IconButton ref={plus} label="Add a tag" onClick={() => setDraft('')}>
          <Plus aria-hidden />
        </IconButton>
      )}
    </span>
  );
}
