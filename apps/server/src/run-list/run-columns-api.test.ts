import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { recordStatements } from '../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function columns(args: string, page = 'first: 100, orderBy: [{ field: NAME }]') {
  const { data, errors } = await api.ask(
    `{ project(entity: "admin", name: "vision") { runs(${page}) { nodes { name } columns(${args}) { section key statistic values } } } }`,
  );
  return errors ? errors[0]?.extensions : data.project.runs.columns;
}

describe('the columns of a page of runs', () => {
  it('show what each run has, in the order of the page, whatever kind of value it is', async () => {
    const [a, b, c] = [
      await api.startRun({
        name: 'a',
        config: { lr: 0.5, name: 'adam', deep: { on: true }, list: [1, 2], odd: 'NaN' },
      }),
      await api.startRun({ name: 'b', config: { lr: '0.5', list: 3 } }),
      await api.startRun({ name: 'c' }),
    ];
    await api.log(a.id, [
      { values: { loss: 3, note: 'first', bad: 'NaN' } },
      { values: { loss: 1, note: 'last', bad: 'NaN' } },
    ]);
    await api.log(b.id, [
      { values: { loss: 'NaN' } },
      { values: { loss: 5 } },
      { values: { loss: 'Infinity', bad: 1 } },
    ]);
    await api.ask(
      'mutation ($id: ID!) { updateSummary(input: { runId: $id, set: { loss: "by hand", image: { _type: "image" } } }) { summary { revision } } }',
      { id: c?.id },
    );
    const lists = await columns(
      `config: ["lr", "name", "deep.on", "list", "odd", "never"], summary: [{ key: "loss" }, { key: "loss", statistic: LAST },
       { key: "loss", statistic: FIRST }, { key: "loss", statistic: MIN }, { key: "loss", statistic: MEAN }, { key: "loss", statistic: COUNT },
       { key: "note" }, { key: "note", statistic: FIRST }, { key: "note", statistic: MIN }, { key: "bad" }, { key: "bad", statistic: MAX },
       { key: "bad", statistic: NAN_COUNT }, { key: "image" }, { key: "never" }]`,
    );
    expect(
      lists.map(({ key, statistic, values }: { key: string; statistic: string | null; values: unknown[] }) => [
        statistic === null ? key : `${key} ${statistic}`,
        values,
      ]),
    ).toEqual([
      ['lr', [0.5, '0.5', null]],
      ['name', ['adam', null, null]],
      ['deep.on', [true, null, null]],
      ['list', [[1, 2], 3, null]],
      ['odd', ['NaN', null, null]],
      ['never', [null, null, null]],
      ['loss VALUE', [1, 'Infinity', 'by hand']],
      ['loss LAST', [1, 'Infinity', null]],
      ['loss FIRST', [3, 'NaN', null]],
      ['loss MIN', [1, 5, null]],
      ['loss MEAN', [2, 5, null]],
      ['loss COUNT', [2, 3, null]],
      ['note VALUE', ['last', null, null]],
      ['note FIRST', ['first', null, null]],
      ['note MIN', [null, null, null]],
      ['bad VALUE', ['NaN', 1, null]],
      ['bad MAX', [null, 1, null]],
      ['bad NAN_COUNT', [2, 0, null]],
      ['image VALUE', [null, null, { _type: 'image' }]],
      ['never VALUE', [null, null, null]],
    ]);
  });

  it('come in as many statements for one value as for all', async () => {
    const ask = async (args: string, page: string) => {
      await api.services.fields.drain();
      const names = await recordStatements(api.services.database.pool, () => columns(args, page));
      return names.filter((name) => !/ApiKey/.test(name)).sort();
    };
    const all =
      'config: ["lr", "name"], summary: [{ key: "loss", statistic: MIN }, { key: "loss", statistic: MAX }, { key: "bad", statistic: MEAN }]';
    await ask(all, 'first: 3');
    const few = await ask('config: ["lr"], summary: [{ key: "loss", statistic: MIN }]', 'first: 1');
    expect(await ask(all, 'first: 3')).toEqual(few);
    expect(few.filter((name) => name === 'findCells')).toHaveLength(1);
  });

  it('are none for a page without runs, and when nothing is asked for', async () => {
    expect(await columns('config: ["lr"]', 'first: 0')).toEqual([
      { section: 'CONFIG', key: 'lr', statistic: null, values: [] },
    ]);
    expect(await columns('config: []')).toEqual([]);
  });

  it('refuse a key that is none, and more than a table may have', async () => {
    expect(await columns('config: ["lr", ""]')).toMatchObject({ code: 'INVALID_KEY', argumentPath: ['config', 1] });
    expect(await columns('summary: [{ key: "" }]')).toMatchObject({
      code: 'INVALID_KEY',
      argumentPath: ['summary', 0, 'key'],
    });
    const many = Array.from({ length: LIMITS.columns + 1 }, (_, i) => `"k${i}"`).join(', ');
    expect(await columns(`config: [${many}]`)).toMatchObject({ code: 'LIST_TOO_LONG' });
  });
});
