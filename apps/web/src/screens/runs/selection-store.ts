import { useMemo, useRef, useState } from 'react';
import type { RunLine } from './run-pages.ts';
import { itemAt, type Section, sectionsLength } from './sections.ts';

/** The runs that are selected, in the order in which they were. */
export interface Selection {
  readonly runs: readonly RunLine[];
  readonly size: number;
  /** Whether every run that is here is selected. */
  readonly covers: boolean;
  readonly has: (runId: string) => boolean;
  /** Selects the run of a row or no longer does; with `ranged` all from the last one on. */
  readonly toggle: (row: number, ranged: boolean) => void;
  /** Begins a range at a row, unless one has begun. */
  readonly anchorAt: (row: number) => void;
  /** Selects from where the range began to this row. */
  readonly extendTo: (row: number) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
  readonly forget: (runIds: readonly string[]) => void;
}

type Chosen = ReadonlyMap<string, RunLine>;

// Of the project that was last looked at, so that Back finds the selection as it was.
let kept: { readonly scope: string; readonly chosen: Chosen } = { scope: '', chosen: new Map() };

/** The selection in the table of a project. */
export function useSelection(scope: string, sections: readonly Section[], version: number): Selection {
  const [state, setState] = useState(() => (kept.scope === scope ? kept : { scope, chosen: new Map() as Chosen }));
  const anchor = useRef<number | null>(null);
  const chosen = state.scope === scope ? state.chosen : new Map<string, RunLine>();
  const latest = useRef({ sections, chosen, scope });
  latest.current = { sections, chosen, scope };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that rows came
  const here = useMemo(() => loadedRuns(sections), [sections, version]);
  const actions = useMemo(() => {
    const set = (next: Chosen) => {
      kept = { scope: latest.current.scope, chosen: next };
      latest.current.chosen = next;
      setState(kept);
    };
    const lineAt = (row: number) => {
      const item = itemAt(latest.current.sections, row);
      return item?.kind === 'run' ? item.line : null;
    };
    const addRange = (from: number, to: number) => {
      const next = new Map(latest.current.chosen);
      for (let row = Math.min(from, to); row <= Math.max(from, to); row++) {
        const line = lineAt(row);
        if (line) next.set(line.id, line);
      }
      set(next);
    };
    return {
      toggle: (row: number, ranged: boolean) => {
        const line = lineAt(row);
        if (!line) return;
        if (ranged && anchor.current !== null) addRange(anchor.current, row);
        else {
          const next = new Map(latest.current.chosen);
          if (!next.delete(line.id)) next.set(line.id, line);
          set(next);
        }
        anchor.current = row;
      },
      anchorAt: (row: number) => {
        if (latest.current.chosen.size === 0 || anchor.current === null) anchor.current = row;
      },
      extendTo: (row: number) => {
        if (anchor.current !== null) addRange(anchor.current, row);
      },
      toggleAll: () => {
        const all = loadedRuns(latest.current.sections);
        const covers = all.every(({ id }) => latest.current.chosen.has(id));
        set(covers ? new Map() : new Map(all.map((line) => [line.id, line])));
      },
      clear: () => {
        anchor.current = null;
        set(new Map());
      },
      forget: (runIds: readonly string[]) => {
        const gone = new Set(runIds);
        set(new Map([...latest.current.chosen].filter(([id]) => !gone.has(id))));
      },
    };
  }, []);
  return useMemo(
    () => ({
      ...actions,
      runs: [...chosen.values()],
      size: chosen.size,
      covers: here.length > 0 && here.every(({ id }) => chosen.has(id)),
      has: (runId: string) => chosen.has(runId),
    }),
    [actions, chosen, here],
  );
}

function loadedRuns(sections: readonly Section[]): RunLine[] {
  return sectionsLength(sections) === 0 ? [] : sections.flatMap(({ pages }) => pages?.rows ?? []);
}
