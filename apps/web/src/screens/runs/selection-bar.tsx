import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { GitCompareArrows, Tag, Trash2, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { countOf } from '../../format/format-number.ts';
import { RunsDeleteDocument, RunsTagDocument } from '../../generated/graphql.ts';
import { useShortcut } from '../../keyboard/shortcuts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { toast } from '../../ui/toast-store.ts';
import { changeTags } from './change-tags.ts';
import { eachOf } from './each-of.ts';
import type { RunLine } from './run-pages.ts';
import type { Selection } from './selection-store.ts';
import css from './toolbar.module.css';
import { useProjectParams } from './use-project-params.ts';

const MOST_COMPARED = 50;

export interface SelectionBarProps {
  readonly selection: Selection;
  /** Called when runs were changed or deleted. */
  readonly onChanged: () => void;
}

/** What one can do with the runs that are selected. */
export function SelectionBar({ selection, onChanged }: SelectionBarProps) {
  const [open, setOpen] = useState<'tags' | 'delete' | null>(null);
  const navigate = useNavigate();
  const params = useProjectParams();
  const compare = () => {
    const runs = selection.runs.slice(0, MOST_COMPARED).map(({ name }) => name);
    if (runs.length > 0) void navigate({ to: '/$entity/$project/compare', params, search: { runs } });
  };
  useShortcut('c', 'Compare the selected runs', compare);
  const isReadOnly = selection.runs.some(({ readOnly }) => readOnly);
  const close = () => setOpen(null);
  if (selection.size === 0) return null;
  return (
    <div className={css.selection} role="toolbar" aria-label="The selected runs">
      <span className={css.selectionCount}>{countOf(selection.size, 'run')} selected</span>
      <Button
        onClick={compare}
        title={selection.size > MOST_COMPARED ? `The first ${MOST_COMPARED} are compared` : undefined}
      >
        <GitCompareArrows aria-hidden />
        Compare
        <Kbd>c</Kbd>
      </Button>
      <Button disabled={isReadOnly} onClick={() => setOpen('tags')}>
        <Tag aria-hidden />
        Tags
      </Button>
      <Button look="danger" disabled={isReadOnly} onClick={() => setOpen('delete')}>
        <Trash2 aria-hidden />
        Delete
      </Button>
      <IconButton label="Select nothing" onClick={selection.clear}>
        <X aria-hidden />
      </IconButton>
      {open === 'tags' && <TagsDialog runs={selection.runs} onClose={close} onChanged={onChanged} />}
      {open === 'delete' && (
        <DeleteDialog
          runs={selection.runs}
          onClose={close}
          onDeleted={(runIds) => {
            selection.forget(runIds);
            onChanged();
          }}
        />
      )}
    </div>
  );
}

interface DialogProps {
  readonly runs: readonly RunLine[];
  readonly onClose: () => void;
}

function TagsDialog({ runs, onClose, onChanged }: DialogProps & { readonly onChanged: () => void }) {
  const [added, setAdded] = useState('');
  const all = [...new Set(runs.flatMap(({ tags }) => tags))].sort();
  const set = (change: { readonly add?: string; readonly remove?: string }) => {
    const changed = runs.flatMap((run) => {
      const tags = changeTags(run.tags, change);
      return tags === null ? [] : [{ run, tags }];
    });
    const write = (tagsOf: (each: (typeof changed)[number]) => readonly string[]) =>
      eachOf(changed, (each) => execute(RunsTagDocument, { runId: each.run.id, tags: [...tagsOf(each)] }));
    onClose();
    write(({ tags }) => tags)
      .then(() =>
        toast({
          text: change.add
            ? `Tagged ${countOf(changed.length, 'run')} "${change.add}"`
            : `Took "${change.remove}" from ${countOf(changed.length, 'run')}`,
          undo: () => void write(({ run }) => run.tags).then(onChanged, fail),
        }),
      )
      .catch(fail)
      .finally(onChanged);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (added.trim() !== '') set({ add: added.trim() });
  };
  return (
    <Dialog title={`Tags of ${countOf(runs.length, 'run')}`} open onClose={onClose}>
      <form className={css.tagForm} onSubmit={onSubmit}>
        <Field label="Add a tag to all of them">
          {(control) => (
            <Input {...control} value={added} maxLength={128} onChange={(event) => setAdded(event.target.value)} />
          )}
        </Field>
        <Button look="main" type="submit" disabled={added.trim() === ''}>
          Add
        </Button>
      </form>
      {all.length > 0 && (
        <>
          <h3 className={css.tagTitle}>Take a tag away</h3>
          <ul className={css.tagList}>
            {all.map((tag) => (
              <li key={tag}>
                <Button onClick={() => set({ remove: tag })} aria-label={`Take the tag ${tag} away`}>
                  <span className={css.columnText}>{tag}</span>
                  <X aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function DeleteDialog({ runs, onClose, onDeleted }: DialogProps & { readonly onDeleted: (runIds: string[]) => void }) {
  const mutation = useMutation({
    mutationFn: async () => {
      const deleted: string[] = [];
      try {
        await eachOf(runs, async (run) => {
          await execute(RunsDeleteDocument, { runId: run.id });
          deleted.push(run.id);
        });
      } finally {
        onDeleted(deleted);
      }
      return deleted.length;
    },
    onSuccess: (count) => {
      toast({ text: `Deleted ${countOf(count, 'run')}` });
      onClose();
    },
  });
  const [only] = runs;
  return (
    <Dialog
      title={runs.length === 1 && only ? `Delete ${only.displayName}?` : `Delete ${countOf(runs.length, 'run')}?`}
      description="Their history, summaries, logs and files go with them. This cannot be taken back."
      open
      onClose={onClose}
    >
      {mutation.error && (
        <p className={css.problem} role="alert">
          {failureText(mutation.error)}
        </p>
      )}
      <div className={css.dialogActions}>
        <Button onClick={onClose}>Keep them</Button>
        <Button look="danger" disabled={mutation.isPending} onClick={() => mutation.mutate()}>
          {mutation.isPending ? 'Deleting' : 'Delete'}
        </Button>
      </div>
    </Dialog>
  );
}

function fail(error: unknown): void {
  toast({ text: `Not all tags could be changed: ${failureText(error)}` });
}
