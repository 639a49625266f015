import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStatements } from '../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await api.startRun({ name: 'a' });
});
afterAll(() => api.close());

/** The statements of a page of runs and of their count, in the order in which they are sent. */
async function statementsOf(selection: string, fragments = ''): Promise<string[]> {
  const statements = await recordStatements(api.services.database.pool, async () => {
    const { data, errors } = await api.ask(
      `query ($yes: Boolean = true) { __typename @include(if: $yes) project(entity: "admin", name: "vision") { runs { ${selection} } } } ${fragments}`,
    );
    expect(errors).toBeUndefined();
    expect(data.project.runs.totalCount ?? 1).toBe(1);
  });
  return statements.filter((statement) => /^(count|select)Runs$/.test(statement));
}

describe('a page of runs', () => {
  it.each([
    ['plainly', 'totalCount nodes { name }'],
    ['by another name', 'total: totalCount nodes { name }'],
    ['where a condition holds', 'nodes { name } totalCount @include(if: $yes)'],
    ['in a fragment', 'nodes { name } ... on RunConnection @skip(if: false) { totalCount }'],
    [
      'in a named fragment',
      '...Page',
      'fragment Page on RunConnection { nodes { name } ...Count } fragment Count on RunConnection { totalCount }',
    ],
  ])('is counted at once where the count is selected %s', async (_: string, selection: string, fragments = '') => {
    expect(await statementsOf(selection, fragments)).toEqual(['countRuns', 'selectRuns']);
  });

  it.each([
    ['is not selected', 'nodes { name }'],
    ['is left out by a condition', 'nodes { name } totalCount @skip(if: $yes)'],
    [
      'is left out with its fragment',
      'nodes { name } ...Count @include(if: false)',
      'fragment Count on RunConnection { totalCount }',
    ],
    ['has its name further down', 'nodes { name files { totalCount } }'],
  ])('is not counted where the count %s', async (_: string, selection: string, fragments = '') => {
    expect(await statementsOf(selection, fragments)).toEqual(['selectRuns']);
  });
});
