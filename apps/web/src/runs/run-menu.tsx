import { useNavigate } from '@tanstack/react-router';
import { CircleStop, Ellipsis, Link2, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { failureText } from '../api/failure.ts';
import { execute } from '../api/query.ts';
import { queryClient } from '../api/query-client.ts';
import { DeleteRunByHandDocument, FinishRunByHandDocument } from '../generated/graphql.ts';
import type { RunName, RunPulse } from '../live/pulse.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { toast } from '../ui/toast-store.ts';
import css from './run-menu.module.css';

export interface RunMenuProps {
  readonly name: RunName;
  readonly run: RunPulse;
}

/** What can be done with a run as a whole: copy its address, end it, delete it. */
export function RunMenu({ name, run }: RunMenuProps) {
  const [asking, setAsking] = useState<'finish' | 'delete'>();
  const close = () => setAsking(undefined);
  const copy = async () => {
    if (await copyText(window.location.href)) toast({ text: 'The address of this page was copied.' });
  };
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button look="quiet" aria-label="Actions of the run" className={css.trigger ?? ''}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<Link2 aria-hidden />} onSelect={() => void copy()}>
          Copy the address
        </MenuItem>
        {!run.readOnly && (
          <>
            <MenuSeparator />
            {run.state === 'RUNNING' && (
              <MenuItem icon={<CircleStop aria-hidden />} onSelect={() => setAsking('finish')}>
                Mark as finished…
              </MenuItem>
            )}
            <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => setAsking('delete')}>
              Delete the run…
            </MenuItem>
          </>
        )}
      </Menu>
      {asking === 'finish' && <FinishDialog name={name} run={run} onClose={close} />}
      {asking === 'delete' && <DeleteDialog name={name} run={run} onClose={close} />}
    </>
  );
}

interface AskProps extends RunMenuProps {
  readonly onClose: () => void;
}

function FinishDialog({ name, run, onClose }: AskProps) {
  const { problem, busy, act } = useAct(async () => {
    await execute(FinishRunByHandDocument, { input: { runId: run.id, exitCode: 0 } });
    await queryClient.invalidateQueries({ queryKey: ['run', name.entity, name.project, name.run] });
    onClose();
  });
  return (
    <Dialog
      title="Mark the run as finished"
      description="Its process is not stopped, but can log nothing more unless it resumes the run."
      open
      onClose={onClose}
    >
      <Problem text={problem} />
      <Buttons onClose={onClose}>
        <Button look="main" disabled={busy} onClick={act}>
          Mark as finished
        </Button>
      </Buttons>
    </Dialog>
  );
}

function DeleteDialog({ name, run, onClose }: AskProps) {
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const { entity, project } = name;
  const { problem, busy, act } = useAct(async () => {
    await execute(DeleteRunByHandDocument, { input: { runId: run.id } });
    await navigate({ to: '/$entity/$project', params: { entity, project } });
    queryClient.removeQueries({ queryKey: ['run', entity, project, name.run] });
    void queryClient.invalidateQueries({ queryKey: ['project', entity, project] });
    toast({ text: `The run ${run.displayName} was deleted.` });
  });
  return (
    <Dialog
      title="Delete the run"
      description="Its history, summary, files and console go with it. This cannot be taken back."
      open
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === run.name && !busy) act();
        }}
      >
        <Field label={`Type ${run.name} to delete it`} problem={problem}>
          {(control) => <Input {...control} value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
        <Buttons onClose={onClose}>
          <Button look="danger" type="submit" disabled={busy || typed !== run.name}>
            Delete the run
          </Button>
        </Buttons>
      </form>
    </Dialog>
  );
}

function useAct(work: () => Promise<void>) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const act = () => {
    setBusy(true);
    work().catch((error: unknown) => {
      setProblem(failureText(error));
      setBusy(false);
    });
  };
  return { problem, busy, act };
}

function Problem({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p role="alert" className={css.problem}>
      {text}
    </p>
  );
}

function Buttons({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  return (
    <div className={css.buttons}>
      <Button onClick={onClose}>Cancel</Button>
      {children}
    </div>
  );
}
