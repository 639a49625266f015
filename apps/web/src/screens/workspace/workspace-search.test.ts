import { describe, expect, it } from 'vitest';
import { drawnRuns, parseWorkspaceSearch, runFilter, withNewest, withOnly, withRun } from './workspace-search.ts';

const runs = Array.from({ length: 40 }, (_, at) => ({ name: `r${at}` }));
const names = (search: object) => drawnRuns(runs, search).map(({ name }) => name);

describe('drawnRuns', () => {
  it('are the thirty newest unless somebody chooses', () => {
    expect(names({})).toEqual(runs.slice(0, 30).map(({ name }) => name));
    expect(names({ newest: 2 })).toEqual(['r0', 'r1']);
  });

  it('are also those that were chosen, without those that were taken out', () => {
    expect(names({ newest: 2, shown: 'r35', hidden: 'r0' })).toEqual(['r1', 'r35']);
  });

  it('a run that was taken out comes back, and goes again', () => {
    const without = withRun({ newest: 3 }, 'r1', false);
    expect(names(without)).toEqual(['r0', 'r2']);
    expect(names(withRun(without, 'r1', true))).toEqual(['r0', 'r1', 'r2']);
    expect(names(withRun(withRun({ newest: 1 }, 'r9', true), 'r9', false))).toEqual(['r0']);
  });

  it('are one alone, or the newest again', () => {
    const alone = withOnly({ hidden: 'r1', charts: 'loss' }, ['r7']);
    expect(alone).toEqual({ charts: 'loss', newest: 0, shown: 'r7' });
    expect(withNewest(alone, 30)).toEqual({ charts: 'loss' });
    expect(names(withNewest(alone, 0))).toEqual([]);
  });
});

describe('parseWorkspaceSearch', () => {
  it('reads runs and charts, and leaves out what it does not understand', () => {
    const search = {
      runs: 'adam',
      state: 'RUNNING',
      newest: 50,
      shown: 'a,b',
      hidden: 'c',
      list: 'closed',
      smooth: 0.5,
    };
    expect(parseWorkspaceSearch(search)).toEqual(search);
    expect(parseWorkspaceSearch({ runs: '', state: 'AWAKE', newest: 1e6, list: 1 })).toEqual({});
    expect(parseWorkspaceSearch({ newest: 30, runs: 7 })).toEqual({ runs: '7' });
  });
});

it('asks the server for the text as it is typed, not as a pattern', () => {
  expect(runFilter({})).toBeUndefined();
  expect(runFilter({ runs: 'a.b(c', state: 'FAILED' })).toEqual({
    and: [{ field: { name: 'DISPLAY_NAME', matches: '(?i)a\\.b\\(c' } }, { field: { name: 'STATE', eq: 'FAILED' } }],
  });
});
