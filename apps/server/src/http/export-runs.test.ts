import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { getExport, refusalOf } from '../testing/export-api.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let now = Date.parse('2026-05-01T10:00:00.000Z');

beforeAll(async () => {
  api = await startTestApi({ clock: () => new Date(now) });
  await makeRun({
    name: 'first',
    displayName: '=cmd(), "x"',
    config: { lr: 0.5, opt: { name: 'adam', betas: [0.9, 0.99] } },
    tags: ['a', 'b,c'],
    notes: 'two\nlines',
    group: 'g',
    jobType: 'train',
  });
  await makeRun({ name: 'second', config: { lr: 0.1 } });
  const { data } = await api.ask('{ run(entity: "admin", project: "table", name: "first") { id } }');
  await api.log(data.run.id, [
    { step: 0, timestamp: 1, values: { loss: 2, val: { acc: 0.5 } } },
    { step: 7, timestamp: 2, values: { loss: 'NaN' } },
  ]);
  now += 60_000;
  await api.ask('mutation ($id: ID!) { finishRun(input: { runId: $id }) { run { id } } }', { id: data.run.id });
});
afterAll(() => api.close());

async function makeRun(input: object): Promise<void> {
  await api.startRun({ project: 'table', ...input });
  now += 1_000;
}

const path = (query = '') => `/api/export/admin/table/runs${query}`;
const filtered = (filter: unknown) => `filter=${encodeURIComponent(JSON.stringify(filter))}`;

const FIRST = {
  name: 'first',
  displayName: '=cmd(), "x"',
  state: 'FINISHED',
  user: 'admin',
  group: 'g',
  jobType: 'train',
  tags: ['a', 'b,c'],
  notes: 'two\nlines',
  createdAt: '2026-05-01T10:00:00.000Z',
  startedAt: '2026-05-01T10:00:00.000Z',
  finishedAt: '2026-05-01T10:01:02.000Z',
  rowCount: 2,
  lastStep: 7,
};
const SECOND = {
  name: 'second',
  displayName: 'second',
  state: 'RUNNING',
  user: 'admin',
  group: null,
  jobType: null,
  tags: [],
  notes: '',
  createdAt: '2026-05-01T10:00:01.000Z',
  startedAt: '2026-05-01T10:00:01.000Z',
  finishedAt: null,
  rowCount: 0,
  lastStep: null,
};

describe('the runs of a project as NDJSON', () => {
  it('are a line a run, newest first, with the keys that are asked for', async () => {
    const keys = 'config=lr&config=opt.betas&summary=loss&summary=val.acc';
    const answer = await getExport(api, path(`?${keys}`));
    expect(answer.text.split('\n').map((line) => line && JSON.parse(line))).toEqual([
      { ...SECOND, config: { lr: 0.1 }, summary: {} },
      { ...FIRST, config: { lr: 0.5, 'opt.betas': [0.9, 0.99] }, summary: { loss: 'NaN', 'val.acc': 0.5 } },
      '',
    ]);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="table.runs.ndjson"');
  });

  it('are those that fulfil the filter', async () => {
    const answer = await getExport(api, path(`?${filtered({ summary: { key: 'val.acc', exists: true } })}`));
    expect(JSON.parse(answer.text)).toEqual({ ...FIRST, config: {}, summary: {} });
    expect((await getExport(api, path(`?${filtered({ config: { key: 'lr', gt: 1 } })}`))).text).toBe('');
  });

  it('are all of them, each once, when they take several pages', async () => {
    const names = Array.from({ length: 260 }, (_, i) => `many-${i}`);
    for (const name of names) await api.startRun({ project: 'many', name });
    const { text } = await getExport(api, '/api/export/admin/many/runs');
    const found = text.trimEnd().split('\n');
    expect(found.map((line) => JSON.parse(line).name).sort()).toEqual(names.sort());
  });
});

describe('the runs of a project as CSV', () => {
  it('are a table whose cells are as they are, with a column a key', async () => {
    const { text } = await getExport(api, path('?format=csv&config=lr&config=opt.betas&summary=loss'));
    expect(text).toBe(
      'name,displayName,state,user,group,jobType,tags,notes,createdAt,startedAt,finishedAt,rowCount,lastStep,config.lr,config.opt.betas,summary.loss\r\n' +
        'second,second,RUNNING,admin,,,[],"",2026-05-01T10:00:01.000Z,2026-05-01T10:00:01.000Z,,0,,0.1,,\r\n' +
        'first,"=cmd(), ""x""",FINISHED,admin,g,train,"[""a"",""b,c""]","two\nlines",2026-05-01T10:00:00.000Z,' +
        '2026-05-01T10:00:00.000Z,2026-05-01T10:01:02.000Z,2,7,0.5,"[0.9,0.99]",NaN\r\n',
    );
  });
});

describe('runs that are not exported', () => {
  const columns = Array.from({ length: LIMITS.columns / 2 + 1 }, (_, i) => `config=${i}&summary=${i}`).join('&');
  it.each([
    ['an unknown parameter', '?keys=loss', 'INVALID_INPUT', /no parameter "keys"; there are format, config/],
    ['a format that tables of runs do not have', '?format=arrow', 'INVALID_INPUT', /"arrow"; give one of ndjson, csv/],
    ['a misspelt key of the config', '?config=lrr', 'KEY_NOT_FOUND', /the config key "lrr"/],
    ['a misspelt metric', '?summary=lr', 'KEY_NOT_FOUND', /the metric "lr"/],
    ['too many columns', `?${columns}`, 'LIST_TOO_LONG', /252 items, more than 250/],
    ['a filter that is no JSON', '?filter=lr%3C1', 'INVALID_FILTER', /filter is not a JSON object/],
    ['a filter that is no filter', `?${filtered({ confg: {} })}`, 'INVALID_FILTER', /confg/],
    ['two filters', `?${filtered({})}&${filtered({})}`, 'INVALID_INPUT', /filter is given twice/],
  ])('say what is wrong: %s', async (_, query, code, message) => {
    const answer = await getExport(api, path(query));
    expect(refusalOf(answer)).toEqual({ status: 400, code, message: expect.stringMatching(message) });
  });
});
