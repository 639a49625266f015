import type { RunState } from '@summa/client';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ProjectName } from '../../live/pulse.ts';
import { useRunLooks } from '../../runs/run-look-store.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import { SearchInput } from '../../ui/field.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import css from './workspace-screen.module.css';

interface ListedRun {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly state: RunState;
}

export interface RunListProps {
  readonly name: ProjectName;
  readonly runs: readonly ListedRun[];
}

/** The runs with the colour that their lines have: the legend of every chart. */
export function RunList({ name, runs }: RunListProps) {
  const [text, setText] = useState('');
  const lookOf = useRunLooks(runs.map(({ id }) => id));
  const shown = runs.filter(({ displayName }) => displayName.toLowerCase().includes(text.toLowerCase()));
  return (
    <aside className={css.side} aria-label="Runs">
      <SearchInput label="Filter runs" value={text} onChange={setText} />
      <VirtualList label="Runs" items={shown} rowHeight={32} keyOf={({ id }) => id} className={css.list}>
        {(run) => (
          <div className={css.run}>
            <span className={css.swatch} style={{ background: lookOf(run.id).colour }} />
            <Link
              to="/$entity/$project/runs/$run"
              params={{ ...name, run: run.name }}
              className={css.runName}
              title={run.displayName}
            >
              {run.displayName}
            </Link>
            <RunStateDot state={run.state} compact />
          </div>
        )}
      </VirtualList>
    </aside>
  );
}
