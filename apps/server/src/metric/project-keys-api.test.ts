import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStatements } from '../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const KEYS = 'nodes { key kind kinds runCount loggedRunCount }';

async function ask(project: string, selection: string) {
  const { data, errors } = await api.ask(`{ project(entity: "admin", name: "${project}") { ${selection} } }`);
  expect(errors).toBeUndefined();
  return data.project;
}

function define(runId: string, definition: string) {
  return api.ask(`mutation { defineMetric(input: { runId: "${runId}", ${definition} }) { run { id } } }`);
}

describe('the keys of a project', () => {
  it('tell in how many runs they are, and as what kinds', async () => {
    const a = await api.startRun({ project: 'keys', name: 'a', config: { lr: 1, deep: { on: true }, odd: 'NaN' } });
    const b = await api.startRun({ project: 'keys', name: 'b', config: { lr: 'auto', list: [1] } });
    await api.startRun({ project: 'keys', name: 'c' });
    await api.log(a.id, [{ values: { loss: 1, note: 'text', bad: 'NaN' } }]);
    await api.log(b.id, [{ values: { loss: 2, bad: 1 } }]);
    await api.ask(
      'mutation ($id: ID!) { updateSummary(input: { runId: $id, set: { by_hand: true } }) { summary { revision } } }',
      { id: a.id },
    );
    const { config, summary } = await ask(
      'keys',
      `config: keys(section: CONFIG) { ${KEYS} } summary: keys(section: SUMMARY) { ${KEYS} }`,
    );
    expect(config.nodes).toEqual([
      { key: 'deep.on', kind: 'BOOLEAN', kinds: ['BOOLEAN'], runCount: 1, loggedRunCount: 0 },
      { key: 'list', kind: 'LIST', kinds: ['LIST'], runCount: 1, loggedRunCount: 0 },
      { key: 'lr', kind: 'NUMBER', kinds: ['NUMBER', 'TEXT'], runCount: 2, loggedRunCount: 0 },
      { key: 'odd', kind: 'NUMBER', kinds: ['NUMBER'], runCount: 1, loggedRunCount: 0 },
    ]);
    expect(summary.nodes).toEqual([
      { key: 'bad', kind: 'NUMBER', kinds: ['NUMBER'], runCount: 2, loggedRunCount: 2 },
      { key: 'by_hand', kind: 'BOOLEAN', kinds: ['BOOLEAN'], runCount: 1, loggedRunCount: 0 },
      { key: 'loss', kind: 'NUMBER', kinds: ['NUMBER'], runCount: 2, loggedRunCount: 2 },
      { key: 'note', kind: 'TEXT', kinds: ['TEXT'], runCount: 1, loggedRunCount: 1 },
    ]);
  });

  it('are in no run once those that had them are deleted', async () => {
    const { id } = await api.startRun({ project: 'gone', config: { lr: 1 } });
    await api.startRun({ project: 'gone' });
    await api.ask('mutation ($id: ID!) { deleteRun(input: { runId: $id }) { deletedRunId } }', { id });
    expect((await ask('gone', `keys(section: CONFIG) { ${KEYS} }`)).keys.nodes).toEqual([
      { key: 'lr', kind: 'NUMBER', kinds: ['NUMBER'], runCount: 0, loggedRunCount: 0 },
    ]);
  });

  it('are counted in one statement for a page', async () => {
    const names = await recordStatements(api.services.database.pool, () =>
      ask('keys', `keys(section: SUMMARY) { ${KEYS} }`),
    );
    expect(names.filter((name) => name === 'findKeyUses')).toHaveLength(1);
  });
});

describe('the definitions of a project', () => {
  it('are what the newest run says that defines a name', async () => {
    const old = await api.startRun({ project: 'defined', name: 'old' });
    await define(old.id, 'name: "loss", summary: ["max"]');
    await define(old.id, 'name: "val/*", summary: ["best"], goal: MAXIMIZE');
    const late = await api.startRun({ project: 'defined', name: 'late' });
    await define(late.id, 'name: "loss", summary: ["min"]');
    await api.startRun({ project: 'defined', name: 'silent' });
    const { definitions } = await ask('defined', 'definitions { name summary goal }');
    expect(definitions).toEqual([
      { name: 'val/*', summary: ['best'], goal: 'MAXIMIZE' },
      { name: 'loss', summary: ['min'], goal: null },
    ]);
  });

  it('are none where nobody defined anything', async () => {
    await api.startRun({ project: 'plain' });
    expect(await ask('plain', 'definitions { name }')).toEqual({ definitions: [] });
  });
});
