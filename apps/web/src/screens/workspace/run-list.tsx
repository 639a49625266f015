import type { RunState } from '@summa/client';
import { Link } from '@tanstack/react-router';
import { EllipsisVertical, ListFilter } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { formatCount } from '../../format/format-number.ts';
import { useShortcut } from '../../keyboard/shortcuts.ts';
import type { ProjectName } from '../../live/pulse.ts';
import { RUN_COLOURS, RUN_DASHES, type RunLook } from '../../runs/run-colour.ts';
import { chooseRunLook } from '../../runs/run-look-store.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { SearchInput } from '../../ui/field.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import css from './run-list.module.css';
import { DRAWN_CHOICES, MOST_DRAWN, type WorkspaceSearch, withNewest, withOnly, withRun } from './workspace-search.ts';

/** A run as the list shows it. */
export interface ListedRun {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly state: RunState;
}

export interface RunListProps {
  readonly project: ProjectName;
  readonly runs: readonly ListedRun[];
  /** How many runs the filter lets through, listed or not. */
  readonly totalCount: number;
  /** The names of the runs that are drawn. */
  readonly drawn: ReadonlySet<string>;
  readonly lookOf: (runId: string) => RunLook;
  readonly search: WorkspaceSearch;
  readonly onSearch: (change: (search: WorkspaceSearch) => WorkspaceSearch, replace?: 'replace') => void;
  /** The run that is pointed at, or has the focus. */
  readonly onLift: (runId: string | null) => void;
  /** A button beside the filter, such as one that closes the list. */
  readonly after?: ReactNode;
}

/** The runs with the colour that their lines have: the legend of every chart, and what decides which lines are drawn. */
export function RunList({ project, runs, totalCount, drawn, lookOf, search, onSearch, onLift, after }: RunListProps) {
  const place = useRef<HTMLDivElement>(null);
  useShortcut('j', 'Next run', () => moveFocus(place.current, 1));
  useShortcut('k', 'Previous run', () => moveFocus(place.current, -1));
  useShortcut('x', 'Show or hide the run', () => focusedRow(place.current)?.querySelector('button')?.click());
  const toggle = (name: string) => onSearch((was) => withRun(was, name, !drawn.has(name)));
  return (
    <div ref={place} className={css.panel}>
      <div className={css.top}>
        <SearchInput
          className={css.filter}
          label="Filter runs"
          value={search.runs ?? ''}
          onChange={(text) =>
            onSearch(({ runs: _, ...rest }) => (text === '' ? rest : { ...rest, runs: text }), 'replace')
          }
        />
        {after}
      </div>
      <div className={css.counts}>
        <span aria-live="polite">
          {formatCount(drawn.size)} of {formatCount(totalCount)} shown
        </span>
        <ShownMenu search={search} onSearch={onSearch} runs={runs} />
      </div>
      {runs.length === 0 ? (
        <p className={css.none}>No run matches.</p>
      ) : (
        <VirtualList label="Runs" items={runs} rowHeight={32} keyOf={({ id }) => id} className={css.list}>
          {(run) => (
            <Row
              project={project}
              run={run}
              look={lookOf(run.id)}
              isDrawn={drawn.has(run.name)}
              onToggle={() => toggle(run.name)}
              onOnly={() => onSearch((was) => withOnly(was, [run.name]))}
              onLift={onLift}
            />
          )}
        </VirtualList>
      )}
      {totalCount > runs.length && (
        <p className={css.none}>The newest {formatCount(runs.length)} are listed. The filter finds the others.</p>
      )}
    </div>
  );
}

interface RowProps {
  readonly project: ProjectName;
  readonly run: ListedRun;
  readonly look: RunLook;
  readonly isDrawn: boolean;
  readonly onToggle: () => void;
  readonly onOnly: () => void;
  readonly onLift: (runId: string | null) => void;
}

function Row({ project, run, look, isDrawn, onToggle, onOnly, onLift }: RowProps) {
  const { id, name, displayName, state } = run;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is pointed at is lifted in the charts, nothing is done
    <div
      className={css.run}
      data-drawn={isDrawn || undefined}
      data-row
      onPointerEnter={() => onLift(isDrawn ? id : null)}
      onPointerLeave={() => onLift(null)}
      onFocus={() => onLift(isDrawn ? id : null)}
      onBlur={() => onLift(null)}
    >
      <button
        type="button"
        className={css.dotButton}
        aria-pressed={isDrawn}
        aria-label={`Show ${displayName}`}
        title={isDrawn ? 'Hide in the charts' : 'Show in the charts'}
        onClick={onToggle}
      >
        <span className={css.dot} style={isDrawn ? { background: look.colour, borderColor: look.colour } : {}} />
      </button>
      <Link
        to="/$entity/$project/runs/$run"
        params={{ ...project, run: name }}
        className={css.name}
        title={displayName}
      >
        {displayName}
      </Link>
      <span className={css.more}>
        <Popover
          label={displayName}
          trigger={
            <Button look="quiet" className={css.moreButton} aria-label={`Colour and more of ${displayName}`}>
              <EllipsisVertical aria-hidden />
            </Button>
          }
        >
          <div className={css.card}>
            <p className={css.cardName}>{displayName}</p>
            <Swatches runId={id} look={look} />
            <Button onClick={onOnly}>Show only this run</Button>
          </div>
        </Popover>
      </span>
      <RunStateDot state={state} compact />
    </div>
  );
}

const COLOURS = Array.from({ length: RUN_COLOURS }, (_, colour) => colour);

function Swatches({ runId, look }: { readonly runId: string; readonly look: RunLook }) {
  const dash = Math.floor(look.look / RUN_COLOURS) % RUN_DASHES.length;
  return (
    <div className={css.swatches} role="radiogroup" aria-label="Colour">
      {COLOURS.map((colour) => {
        const isChosen = look.look % RUN_COLOURS === colour;
        return (
          <label key={colour} className={css.swatch} data-chosen={isChosen || undefined}>
            <input
              type="radio"
              className="visually-hidden"
              name={`colour of ${runId}`}
              aria-label={`Colour ${colour + 1}`}
              checked={isChosen}
              onChange={() => chooseRunLook(runId, dash * RUN_COLOURS + colour)}
            />
            <span style={{ background: `var(--run-${colour + 1})` }} />
          </label>
        );
      })}
    </div>
  );
}

const STATES = [
  ['any', 'Any state'],
  ['RUNNING', 'Running'],
  ['FINISHED', 'Finished'],
  ['FAILED', 'Failed'],
  ['CRASHED', 'Crashed'],
] as const;

function ShownMenu({ search, onSearch, runs }: Pick<RunListProps, 'search' | 'onSearch' | 'runs'>) {
  const { newest = MOST_DRAWN, shown, hidden, state } = search;
  const isChanged = shown !== undefined || hidden !== undefined;
  const most = Math.max(...DRAWN_CHOICES);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Which runs are shown" className={css.menuButton}>
          <ListFilter aria-hidden />
        </IconButton>
      }
    >
      <MenuLabel>Show in the charts</MenuLabel>
      <MenuChoice
        value={isChanged ? '' : String(newest)}
        onChange={(value) => onSearch((was) => withNewest(was, Number(value)))}
        options={DRAWN_CHOICES.map((count) => [String(count), `The newest ${count}`] as const)}
      />
      <MenuItem
        icon={<span className={css.noMark} />}
        onSelect={() =>
          onSearch((was) =>
            withOnly(
              was,
              runs.slice(0, most).map(({ name }) => name),
            ),
          )
        }
        disabled={runs.length > most}
      >
        All that are listed
      </MenuItem>
      <MenuItem icon={<span className={css.noMark} />} onSelect={() => onSearch((was) => withNewest(was, 0))}>
        None
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>List</MenuLabel>
      <MenuChoice
        value={state ?? 'any'}
        onChange={(value) =>
          onSearch(({ state: _, ...rest }) => (value === 'any' ? rest : { ...rest, state: value as RunState }))
        }
        options={STATES}
      />
    </Menu>
  );
}

function focusedRow(place: HTMLElement | null): HTMLElement | null {
  const focused = document.activeElement;
  return focused && place?.contains(focused) ? focused.closest('[data-row]') : null;
}

/** Moves the focus to the name of the next row, or of the first. */
function moveFocus(place: HTMLElement | null, by: 1 | -1): void {
  const rows = [...(place?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const now = focusedRow(place);
  const at = now ? rows.indexOf(now) + by : 0;
  rows[Math.max(0, Math.min(rows.length - 1, at))]?.querySelector('a')?.focus();
}
