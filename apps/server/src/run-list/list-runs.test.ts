import { parseFilter } from '@summa/core/query/parse-filter';
import { parseOrder } from '@summa/core/query/parse-order';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordStatements } from '../testing/record-statements.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { compileFilter } from './compile-filter.ts';
import { countRuns, listRuns, type RunListArguments } from './list-runs.ts';
import { RunStatement } from './run-statement.ts';
import { countStatements } from './testing/count-statements.ts';
import { insertSamples } from './testing/insert-samples.ts';
import { plainRuns } from './testing/plain-runs.ts';
import type { SampleRun } from './testing/sample-run.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

const insert = (samples: readonly SampleRun[]) =>
  insertSamples(test.services, samples, new Map([['ada', test.userId]]));
const names = async (projectId: string, args: RunListArguments) =>
  (await listRuns(test.services, projectId, args)).runs.map((run) => run.displayName);

describe('a list of runs', () => {
  it('is newest first, in pages of 50, when nothing is asked', async () => {
    const projectId = await insert(plainRuns(60));
    const page = await listRuns(test.services, projectId, {});
    expect(page.runs.map((run) => run.displayName)).toEqual(Array.from({ length: 50 }, (_, i) => `run ${59 - i}`));
    expect(page).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const rest = await listRuns(test.services, projectId, { after: page.cursors.at(-1) });
    expect(rest.runs).toHaveLength(10);
    expect(rest).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('ends before a cursor as it begins after one', async () => {
    const projectId = await insert(plainRuns(6));
    const orderBy = parseOrder([{ summary: { key: 'loss' } }]);
    const { cursors } = await listRuns(test.services, projectId, { orderBy });
    const [after, before] = [cursors[0], cursors[4]];
    expect(await names(projectId, { orderBy, after, before })).toEqual(['run 1', 'run 2', 'run 3']);
    expect(await names(projectId, { orderBy, after, before, last: 2 })).toEqual(['run 2', 'run 3']);
    expect(await names(projectId, { orderBy, after: before, before: after })).toEqual([]);
  });

  it('is empty on a page of none, and says that there is more', async () => {
    const projectId = await insert(plainRuns(2));
    expect(await listRuns(test.services, projectId, { first: 0 })).toMatchObject({ runs: [], hasNextPage: true });
    const nothing = parseFilter({ config: { key: 'never logged', exists: true } });
    expect(await listRuns(test.services, projectId, { filter: nothing })).toMatchObject({
      runs: [],
      cursors: [],
      hasNextPage: false,
    });
  });

  it('knows nothing of the runs of another project', async () => {
    const [mine, theirs] = [await insert(plainRuns(2)), await insert(plainRuns(3))];
    const filter = parseFilter({ not: { summary: { key: 'loss', gt: 100 } } });
    expect(await countRuns(test.services, mine, filter)).toBe(2);
    expect(await countRuns(test.services, theirs, filter)).toBe(3);
    const { cursors } = await listRuns(test.services, theirs, { first: 1 });
    expect(await names(mine, { after: cursors[0] })).toEqual(['run 1', 'run 0']);
  });

  it('finds runs at the beginning of an order, far down it, and in both places', async () => {
    const projectId = await insert(plainRuns(300));
    const orders = [
      parseOrder([{ summary: { key: 'loss', statistic: 'MIN' } }]),
      parseOrder([{ summary: { key: 'loss' } }]),
      parseOrder([{ field: 'CREATED_AT' }]),
    ];
    const places = [[0, 1], [5, 290], [5, 6, 290], [70, 75, 80], [298, 299], [1_000]];
    for (const orderBy of orders) {
      for (const losses of places) {
        const filter = parseFilter({ summary: { key: 'loss', in: losses } });
        const expected = losses.filter((loss) => loss < 300).map((loss) => `run ${loss}`);
        expect(await names(projectId, { filter, orderBy, first: 2 })).toEqual(expected.slice(0, 2));
        expect(await names(projectId, { filter, orderBy, last: 2 })).toEqual(expected.slice(-2));
      }
    }
  });

  it('finds texts of any length', async () => {
    const texts = ['', 'x'.repeat(256), 'x'.repeat(257), 'é'.repeat(128), 'é'.repeat(129), 'x'.repeat(1_024)];
    const runs = plainRuns(texts.length).map((run, i) => ({ ...run, config: { text: texts[i] ?? null } }));
    const projectId = await insert(runs);
    for (const [i, text] of texts.entries()) {
      const [eq, either] = [{ eq: text }, { in: [text, 'another'] }].map((holds) =>
        parseFilter({ config: { key: 'text', ...holds } }),
      );
      for (const filter of [eq, either]) expect(await names(projectId, { filter })).toEqual([`run ${i}`]);
    }
  });

  it('takes the same number of statements for ten runs as for a thousand', async () => {
    const projectId = await insert(plainRuns(1_000));
    const args = {
      filter: parseFilter({ or: [{ config: { key: 'lr', lt: 1 } }, { summary: { key: 'loss', lt: 0 } }] }),
      orderBy: parseOrder([{ summary: { key: 'loss', statistic: 'MIN' }, direction: 'DESC' }]),
    };
    await listRuns(test.services, projectId, { ...args, first: 1 });
    const statementsFor = (first: number) =>
      countStatements(() => listRuns(test.services, projectId, { ...args, first }));
    expect([await statementsFor(10), await statementsFor(999)]).toEqual([2, 2]);
  });

  it('goes on from the runs that have a metric into those that have none, in one snapshot', async () => {
    const runs = plainRuns(6).map((run, i) => (i % 2 === 0 ? run : { ...run, metrics: {} }));
    const projectId = await insert(runs);
    const orderBy = parseOrder([{ summary: { key: 'loss', statistic: 'MAX' }, direction: 'DESC' }]);
    const without = runs.filter((_, i) => i % 2 === 1).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const ordered = ['run 4', 'run 2', 'run 0', ...without.map((run) => run.fields.displayName)];
    for (const first of [2, 3, 4, 6])
      expect(await names(projectId, { orderBy, first })).toEqual(ordered.slice(0, first));
    for (const last of [2, 3, 4, 6]) expect(await names(projectId, { orderBy, last })).toEqual(ordered.slice(-last));
    const statements = await recordStatements(test.services.database.pool, () =>
      listRuns(test.services, projectId, { orderBy, first: 4 }),
    );
    const [page, begin] = ['selectRuns', 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'];
    expect(statements).toEqual(['findStaleRuns', page, begin, page, page, 'COMMIT']);
  });

  it('of a young project is not found anew for each of its runs: 300 runs took seconds', async () => {
    const projectId = await insert(plainRuns(300));
    const orderBy = parseOrder([{ summary: { key: 'loss', statistic: 'MIN' } }]);
    const filter = parseFilter({ summary: { key: 'loss', in: [5, 290] } });
    const sent = vi.spyOn(pg.Client.prototype, 'query');
    await names(projectId, { filter, orderBy, first: 2 });
    const listed: { text: string; values: unknown[] }[] = sent.mock.calls.flatMap(([text, values]: unknown[]) =>
      typeof text === 'string' && Array.isArray(values) && /selectFromFirst|selectRuns/.test(text)
        ? { text, values }
        : [],
    );
    sent.mockRestore();
    expect(listed.length).toBeGreaterThan(1);
    for (const { text, values } of listed) {
      const { rows } = await test.services.database.pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
      const loops =
        JSON.stringify(rows)
          .match(/(?<="Actual Loops":)\d+/g)
          ?.map(Number) ?? [];
      expect(Math.max(...loops)).toBeLessThanOrEqual(300);
    }
  });

  it('is counted while its page is read, after one refresh for both, or when the count is asked for', async () => {
    const projectId = await insert(plainRuns(5));
    const args = { filter: parseFilter({ summary: { key: 'loss', ge: 2 } }), first: 1 };
    await names(projectId, args);
    const { pool } = test.services.database;
    const counted = await recordStatements(pool, async () => {
      const page = await listRuns(test.services, projectId, { ...args, isCounted: true });
      expect(await page.totalCount()).toBe(3);
    });
    expect(counted).toEqual(['findStaleRuns', 'countRuns', 'selectFromFirst']);
    const page = await listRuns(test.services, projectId, args);
    const later = await recordStatements(pool, async () => expect(await page.totalCount()).toBe(3));
    expect(later).toEqual(['findStaleRuns', 'countRuns']);
  });

  it('fails once when neither its page nor its count can be read', async () => {
    const lost = await openTestServices();
    const { projectId } = lost;
    await lost.close();
    // The test run itself fails when a promise of the count is left without anybody who looks at it.
    await expect(listRuns(lost.services, projectId, { isCounted: true })).rejects.toThrow();
  });

  it.each([
    [{ first: -1 }, 'INVALID_INPUT'],
    [{ last: 1.5 }, 'INVALID_INPUT'],
    [{ first: 1, last: 1 }, 'INVALID_INPUT'],
    [{ first: 1_001 }, 'PAGE_TOO_LARGE'],
    [{ after: 'x' }, 'INVALID_CURSOR'],
  ])('refuses %j with %s', async (args, code) => {
    await expect(listRuns(test.services, test.projectId, args)).rejects.toMatchObject({ code });
  });

  it('gives each run as its own record has it', async () => {
    const [sample] = plainRuns(1);
    if (sample === undefined) throw new Error('no sample');
    const fields = {
      ...sample.fields,
      tags: ['a', 'b'],
      group: 'g',
      notes: 'n',
      finishedAt: 2_000,
      heartbeatAt: 1_000,
    };
    const projectId = await insert([{ ...sample, fields: { ...fields, state: 'finished', lastStep: 2 ** 53 - 1 } }]);
    const { runs } = await listRuns(test.services, projectId, {});
    expect(runs).toEqual([
      {
        projectId,
        id: sample.id,
        name: sample.id,
        displayName: 'run 0',
        state: 'finished',
        exitCode: null,
        userId: test.userId,
        group: 'g',
        jobType: null,
        tags: ['a', 'b'],
        notes: 'n',
        createdAt: new Date(0),
        startedAt: new Date(0),
        finishedAt: new Date(2_000),
        revision: 1,
        rowCount: 0,
        lastStep: 2 ** 53 - 1,
        heartbeatAt: new Date(1_000),
      },
    ]);
  });
});

it('writes no value of a filter into the text of a statement', () => {
  const trap = `'; DROP TABLE run; --`;
  const filter = parseFilter({
    or: [
      { config: { key: trap, eq: trap } },
      { summary: { key: trap, in: [trap] } },
      { field: { name: 'NAME', startsWith: trap } },
      { not: { field: { name: 'TAGS', contains: trap } } },
      { field: { name: 'CREATED_AT', lt: 12345.678 } },
    ],
  });
  const statement = RunStatement.ofProject('project');
  const condition = compileFilter(filter, statement, { idOf: () => 7654321 });
  const text = statement.body([condition]);
  expect(text).not.toMatch(/DROP|7654321|12345|1970/);
  expect(statement.values).toEqual(expect.arrayContaining([trap, [trap], 7654321, '1970-01-01T03:25:45.678Z']));
});
