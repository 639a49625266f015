import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { apiQuery } from '../api/query.ts';
import { PaletteProjectDocument, PaletteProjectsDocument } from '../generated/graphql.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Input } from '../ui/field.tsx';
import css from './palette.module.css';
import { type Findable, rankMatches } from './rank-matches.ts';

/** Something that the palette does. */
export interface PaletteEntry extends Findable {
  readonly id: string;
  /** What kind of thing it is: "Run", "Metric", "Screen", "Project", "Action". */
  readonly kind: string;
  readonly run: () => void;
}

const MOST_SHOWN = 40;
const SCREENS = [
  ['/$entity/$project', 'Workspace'],
  ['/$entity/$project/runs', 'Runs'],
  ['/$entity/$project/compare', 'Comparison'],
  ['/$entity/$project/settings', 'Settings'],
] as const;

export interface PaletteProps {
  readonly onClose: () => void;
  /** What can be done beside going somewhere. */
  readonly actions: readonly PaletteEntry[];
}

/** Finds runs, metrics, projects and actions by name, with the keyboard alone. */
export function Palette({ onClose, actions }: PaletteProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const sought = useDeferredValue(text);
  const entries = rankMatches([...useProjectEntries(sought), ...useProjectsEntries(), ...actions], text);
  const shown = entries.slice(0, MOST_SHOWN);
  const current = Math.min(chosen, shown.length - 1);

  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: shown.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined && shown.length > 0) {
      event.preventDefault();
      setChosen((next + shown.length) % shown.length);
      document
        .getElementById(`${listId}-${(next + shown.length) % shown.length}`)
        ?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(shown[current]);
    }
  };

  return (
    <Dialog title="Go to" open onClose={onClose} wide>
      <Input
        className={css.input}
        role="combobox"
        aria-label="Search runs, metrics, projects and actions"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={shown.length > 0 ? `${listId}-${current}` : undefined}
        placeholder="Search runs, metrics, projects, actions"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.list} id={listId} role="listbox" aria-label="What was found">
        {shown.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and takes the keys
          <div
            key={entry.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={css.entry}
            onPointerMove={() => setChosen(index)}
            onClick={() => choose(entry)}
          >
            <span className={css.title}>{entry.title}</span>
            <span className={css.kind}>{entry.kind}</span>
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p className={css.nothing} role="status">
          Nothing is called “{text}”.
        </p>
      )}
    </Dialog>
  );
}

function useProjectsEntries(): PaletteEntry[] {
  const navigate = useNavigate();
  const { data } = useQuery(apiQuery(['palette', 'projects'], PaletteProjectsDocument, {}));
  return (data?.viewer.entities ?? []).flatMap((entity) =>
    entity.projects.nodes.map((project) => ({
      id: project.id,
      kind: 'Project',
      title: `${entity.name}/${project.name}`,
      run: () => void navigate({ to: '/$entity/$project', params: { entity: entity.name, project: project.name } }),
    })),
  );
}

function useProjectEntries(text: string): PaletteEntry[] {
  const navigate = useNavigate();
  const { entity = '', project = '' } = useParams({ strict: false });
  const query = apiQuery(['palette', entity, project, text], PaletteProjectDocument, { entity, project, text });
  const { data } = useQuery({ ...query, enabled: project !== '', placeholderData: (previous) => previous });
  const screens = SCREENS.map(([to, name]) => ({
    id: `screen ${to}`,
    kind: 'Screen',
    title: `${name} of ${project}`,
    run: () => void navigate({ to, params: { entity, project } }),
  }));
  const runs = (data?.project?.runs.nodes ?? []).map((run) => ({
    id: run.id,
    kind: 'Run',
    title: run.displayName,
    run: () => void navigate({ to: '/$entity/$project/runs/$run', params: { entity, project, run: run.name } }),
  }));
  const metrics = (data?.project?.keys.nodes ?? []).map(({ key }) => ({
    id: `metric ${key}`,
    kind: 'Metric',
    title: key,
    run: () => void navigate({ to: '/$entity/$project', params: { entity, project }, search: { charts: key } }),
  }));
  return project === '' ? [] : [...runs, ...metrics, ...screens];
}
