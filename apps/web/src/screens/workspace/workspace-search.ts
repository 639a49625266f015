import type { RunState } from '@summa/client';
import { type ChartSearch, parseChartSearch } from '../../metric-charts/chart-search.ts';
import { type NamesParam, parseNames, writeNames } from '../../metric-charts/names-param.ts';

/** What of the workspace is shown, as it stands in the address. */
export interface WorkspaceSearch extends ChartSearch {
  /** Only runs whose name contains this. */
  readonly runs?: string;
  /** Only runs in this state. */
  readonly state?: RunState;
  /** How many of the newest runs are drawn; `MOST_DRAWN` when absent. */
  readonly newest?: number;
  /** Names of runs that are drawn though they are not among the newest. */
  readonly shown?: NamesParam;
  /** Names of runs that are not drawn though they are. */
  readonly hidden?: NamesParam;
  readonly list?: 'closed';
}

/** How many runs are drawn unless somebody chooses. */
export const MOST_DRAWN = 30;
/** Choices of how many. */
export const DRAWN_CHOICES = [10, 30, 50, 100] as const;

const STATES: readonly RunState[] = ['RUNNING', 'FINISHED', 'FAILED', 'CRASHED'];

/** Reads the address of a workspace; what it does not understand is left out. */
export function parseWorkspaceSearch(search: Record<string, unknown>): WorkspaceSearch {
  const runs = typeof search.runs === 'number' ? String(search.runs) : search.runs;
  const state = STATES.find((each) => each === search.state);
  const [shown, hidden] = [writeNames(parseNames(search.shown)), writeNames(parseNames(search.hidden))];
  return {
    ...parseChartSearch(search),
    ...(typeof runs === 'string' && runs !== '' && { runs }),
    ...(state && { state }),
    ...(isCount(search.newest) && search.newest !== MOST_DRAWN && { newest: search.newest }),
    ...(shown !== undefined && { shown }),
    ...(hidden !== undefined && { hidden }),
    ...(search.list === 'closed' && { list: 'closed' as const }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100;
}

interface Named {
  readonly name: string;
}

/** Of the listed runs, newest first, those that are drawn. */
export function drawnRuns<Run extends Named>(listed: readonly Run[], search: WorkspaceSearch): readonly Run[] {
  const [shown, hidden] = [new Set(parseNames(search.shown)), new Set(parseNames(search.hidden))];
  const newest = search.newest ?? MOST_DRAWN;
  return listed.filter(({ name }, at) => shown.has(name) || (at < newest && !hidden.has(name)));
}

/** The search with one more run drawn, or one less. */
export function withRun(search: WorkspaceSearch, name: string, isDrawn: boolean): WorkspaceSearch {
  const { shown, hidden, ...rest } = search;
  const add = (names: NamesParam | undefined) =>
    writeNames([...parseNames(names).filter((each) => each !== name), name]);
  const drop = (names: NamesParam | undefined) => writeNames(parseNames(names).filter((each) => each !== name));
  const [nextShown, nextHidden] = isDrawn ? [add(shown), drop(hidden)] : [drop(shown), add(hidden)];
  return {
    ...rest,
    ...(nextShown !== undefined && { shown: nextShown }),
    ...(nextHidden !== undefined && { hidden: nextHidden }),
  };
}

/** The search with only these runs drawn. */
export function withOnly(search: WorkspaceSearch, names: readonly string[]): WorkspaceSearch {
  const { hidden: _, shown: __, ...rest } = search;
  const shown = writeNames(names);
  return { ...rest, newest: 0, ...(shown !== undefined && { shown }) };
}

/** The search with so many of the newest runs drawn, and no others. */
export function withNewest(search: WorkspaceSearch, newest: number): WorkspaceSearch {
  const { hidden: _, shown: __, newest: ___, ...rest } = search;
  return newest === MOST_DRAWN ? rest : { ...rest, newest };
}

/** The filter of the API for the listed runs; undefined for all. */
export function runFilter({ runs, state }: WorkspaceSearch) {
  const literal = runs?.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const parts = [
    ...(literal === undefined ? [] : [{ field: { name: 'DISPLAY_NAME' as const, matches: `(?i)${literal}` } }]),
    ...(state === undefined ? [] : [{ field: { name: 'STATE' as const, eq: state } }]),
  ];
  return parts.length === 0 ? undefined : { and: parts };
}
