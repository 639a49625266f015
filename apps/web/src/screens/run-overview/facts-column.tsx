import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { failureText } from '../../api/failure.ts';
import { formatCount } from '../../format/format-number.ts';
import type { RunName, RunPulse } from '../../live/pulse.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { Missing } from '../../ui/number-text.tsx';
import { Fact, Facts } from '../../ui/page.tsx';
import { Duration, RelativeTime } from '../../ui/time.tsx';
import { toast } from '../../ui/toast-store.ts';
import { EditableText } from './editable-text.tsx';
import { metadataFacts } from './metadata-facts.ts';
import type { RunChange } from './run-change.ts';
import css from './run-overview.module.css';
import type { OverviewRun } from './summary-tree.ts';
import { TagList } from './tag-list.tsx';
import { useEdits } from './use-edits.ts';

export interface FactsColumnProps {
  readonly name: RunName;
  readonly run: OverviewRun;
  readonly pulse: RunPulse | undefined;
}

/** What a run is: how it stands, who started it, when, with what, and what people say of it. */
export function FactsColumn({ name, run, pulse }: FactsColumnProps) {
  const edits = useEdits(name);
  const mayWrite = !run.readOnly;
  const save = (change: RunChange, done: string) =>
    edits.run(change, { done }).catch((error: unknown) => {
      toast({ text: `Nothing was changed: ${failureText(error)}` });
    });
  const text = (field: 'group' | 'jobType', label: string) => (
    <EditableText
      label={label}
      value={run[field] ?? ''}
      mayWrite={mayWrite}
      onSave={(value) => save({ [field]: value.trim() || null }, `The ${label} was changed.`)}
    />
  );
  const isRunning = (pulse?.state ?? run.state) === 'RUNNING';
  const finishedAt = pulse ? pulse.finishedAt : run.finishedAt;
  const startedAt = pulse?.startedAt ?? run.startedAt;
  return (
    <section className={css.facts} aria-label="Facts">
      <Facts>
        <Fact name="Name">
          <EditableText
            label="name"
            value={run.displayName}
            mayWrite={mayWrite}
            onSave={(value) =>
              value.trim() === '' ? undefined : save({ displayName: value.trim() }, 'The name was changed.')
            }
          />
        </Fact>
        <Fact name="Notes">
          <EditableText
            label="notes"
            lines
            value={run.notes}
            mayWrite={mayWrite}
            onSave={(notes) => save({ notes }, 'The notes were changed.')}
          />
        </Fact>
        <Fact name="Tags">
          <TagList
            tags={run.tags}
            mayWrite={mayWrite}
            onChange={(tags) => save({ tags: [...tags] }, 'The tags were changed.')}
          />
        </Fact>
      </Facts>
      <Facts>
        <Fact name="State">
          <span className={css.inline}>
            <RunStateDot state={pulse?.state ?? run.state} />
            {run.exitCode !== null && <span className={css.note}>exit code {run.exitCode}</span>}
          </span>
        </Fact>
        <Fact name="Author">
          <span title={run.user.name}>{run.user.displayName}</span>
        </Fact>
        <Fact name="Started">
          <RelativeTime at={startedAt} />
        </Fact>
        {isRunning || finishedAt === null ? (
          <Fact name="Last heard of">
            <RelativeTime at={pulse?.heartbeatAt ?? run.heartbeatAt} />
          </Fact>
        ) : (
          <Fact name="Finished">
            <RelativeTime at={finishedAt} />
          </Fact>
        )}
        <Fact name="Duration">
          <Duration from={startedAt} to={finishedAt} />
        </Fact>
        <Fact name="Last step">
          <Count value={pulse ? pulse.lastStep : run.lastStep} />
        </Fact>
        <Fact name="Rows">
          <Count value={run.history.rowCount} />
        </Fact>
      </Facts>
      <Facts>
        <Fact name="Project">
          <Link to="/$entity/$project" params={name} className={css.link}>
            {name.entity}/{name.project}
          </Link>
        </Fact>
        <Fact name="Path">
          <Copied text={run.path} label="Copy the path" />
        </Fact>
        <Fact name="Group">{text('group', 'group')}</Fact>
        <Fact name="Job type">{text('jobType', 'job type')}</Fact>
        <FromMetadata metadata={fromWire(run.metadata)} />
      </Facts>
    </section>
  );
}

function FromMetadata({ metadata }: { readonly metadata: JsonValue }) {
  const { command, host, git, python, os, hardware } = metadataFacts(isJsonObject(metadata) ? metadata : {});
  return (
    <>
      {command !== undefined && (
        <Fact name="Command">
          <Copied text={command} label="Copy the command" />
        </Fact>
      )}
      {host !== undefined && <Fact name="Host">{host}</Fact>}
      {git && (
        <Fact name="Git">
          <Copied text={git.commit} label="Copy the commit">
            {git.commit.slice(0, 10)}
          </Copied>
          {git.remote !== null && (
            <a className={css.link} href={git.remote} target="_blank" rel="noreferrer">
              {git.remote.replace('https://', '')}
            </a>
          )}
        </Fact>
      )}
      {python !== undefined && <Fact name="Python">{python}</Fact>}
      {os !== undefined && <Fact name="System">{os}</Fact>}
      {hardware !== undefined && <Fact name="Hardware">{hardware}</Fact>}
    </>
  );
}

function Count({ value }: { readonly value: number | null }) {
  return value === null ? <Missing /> : formatCount(value);
}

interface CopiedProps {
  readonly text: string;
  readonly label: string;
  readonly children?: ReactNode;
}

function Copied({ text, label, children = text }: CopiedProps) {
  return (
    <span className={css.copied}>
      <code>{children}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
