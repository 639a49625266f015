import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { readLogBody } from './log-body.ts';
import { LogBodyThreads } from './log-body-threads.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const LOG = 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows lastStep } }';
/** Twice as long as a body that is read in a thread. */
const FILLER = 'x'.repeat(128 * 1024);
const HEADERS = () => ({ authorization: `Bearer ${api.admin.key}` });

/** The same request as a short body and as a long one, which are read in different threads. */
async function sendBoth(body: (runId: string) => string) {
  const answers = [];
  for (const filler of ['', `,"operationName":null,"extensions":{"filler":"${FILLER}"}`]) {
    const { id } = await api.startRun();
    answers.push({ id, ...(await api.post(body(id).replace(/}$/, `${filler}}`), HEADERS())) });
  }
  return answers;
}

const logBody = (rows: string) => (runId: string) =>
  `{"query":"${LOG}","variables":{"input":{"runId":"${runId}","writer":"w","offset":0,"rows":${rows}}}}`;

describe('a long body', () => {
  it('logs what a short one logs: numbers, text, nested and missing values, whole numbers beyond 2^53', async () => {
    const rows = `[{"step":3,"values":{"a":1.5,"b":"text","big":9007199254740993,"deep":{"c":true,"__proto__":7}}},
      {"values":{"a":"NaN","list":[1,null,{"_type":"x"}]}},{"step":9,"timestamp":1700000000.25,"values":{}}]`;
    const [short, long] = await sendBoth(logBody(rows));
    expect(short?.data).toEqual({ log: { acceptedRows: 3, lastStep: 9 } });
    expect(long?.text).toEqual(short?.text);
    const contents = [];
    for (const run of [short, long]) {
      const query =
        'query ($id: ID!) { node(id: $id) { ... on Run { summary { document } history { rows { nodes { step values } } } } } }';
      contents.push((await api.ask(query, { id: run?.id })).text);
    }
    expect(contents[0]).toContain('"big":9007199254740993');
    expect(contents[1]).toEqual(contents[0]);
  });

  it.each([
    ['a bad row', logBody('[{"values":{"a":1}},{"step":-1,"values":{}}]'), 'INVALID_ROW', ['input', 'rows', 1, 'step']],
    ['a row that is none', logBody('[{"values":{"a":1}},7]'), 'INVALID_ROW', ['input', 'rows', 1]],
    ['a bad key', logBody('[{"values":{"":1}}]'), 'INVALID_KEY', ['input', 'rows', 0, 'values', '']],
    ['a NUL in a text', logBody('[{"values":{"a":"\\u0000"}}]'), 'INVALID_INPUT', undefined],
    ['no JSON', (id: string) => `${logBody('[]')(id).slice(0, -2)}`, 'INVALID_JSON', undefined],
    ['an unknown run', () => logBody('[{"values":{"":1}}]')('Run:x'), 'INVALID_ID', ['input', 'runId']],
  ])('with %s is refused as a short one is', async (_name, body, code, argumentPath) => {
    const [short, long] = await sendBoth(body);
    expect(short?.errors?.[0]?.extensions).toMatchObject({ code, ...(argumentPath && { argumentPath }) });
    expect(long?.status).toBe(short?.status);
    const refusal = expect.objectContaining({ code, ...(argumentPath && { argumentPath }) });
    expect(long?.errors?.[0]).toMatchObject({
      ...short?.errors?.[0],
      message: expect.any(String),
      extensions: refusal,
    });
  });

  it('may use its rows twice, and others beside them', async () => {
    const { id } = await api.startRun();
    const query =
      'mutation ($a: LogInput!, $b: LogInput!) { one: log(input: $a) { acceptedRows } again: log(input: $a) { acceptedRows } two: log(input: $b) { acceptedRows } }';
    const rows = [{ values: { a: 1, text: FILLER } }, { values: { a: 2 } }];
    const input = (writer: string) => ({ runId: id, writer, offset: 0, rows });
    const { data } = await api.ask(query, { a: input('a'), b: input('b') });
    const accepted = { acceptedRows: 2 };
    expect(data).toEqual({ one: accepted, again: accepted, two: accepted });
  });

  it('whose variable is declared as something else is taken as it is', async () => {
    const config = { rows: [{ values: { a: 1 } }], filler: FILLER };
    const query =
      '# $config: LogInput!\nmutation ($config: JSON!) { startRun(input: { project: "long", name: "x", config: $config }) { run { config } } }';
    const { data, errors } = await api.ask(query, { config });
    // Named in a comment as what it is not, it is refused rather than stored as something else.
    expect(data?.startRun?.run.config ?? errors?.[0]?.extensions.code).toBe('INVALID_JSON');
    const plain = await api.ask(query.replace(/#.*\n/, ''), { config });
    expect(plain.data.startRun.run.config).toEqual(config);
  });
});

it('goes on in another thread when one has ended', async () => {
  const threads = new LogBodyThreads();
  const text = JSON.stringify({ query: LOG, variables: { input: { rows: [{ values: { a: FILLER } }] } } });
  const read = () => threads.read(Buffer.from(text));
  const interrupted = expect(read()).rejects.toThrow('stopping');
  await threads.stop();
  await interrupted;
  expect(await read()).toMatchObject({ query: LOG });
  await threads.stop();
});

it('may wait for a thread with others up to a bound, and counts no longer once it was read', async () => {
  const text = JSON.stringify({ query: LOG, variables: { input: { rows: [{ values: { a: FILLER } }] } } });
  const threads = new LogBodyThreads(1.5 * text.length);
  const read = () => threads.read(Buffer.from(text));
  for (let times = 0; times < 3; times++) {
    const alone = read();
    await expect(read()).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    expect(await alone).toMatchObject({ query: LOG });
  }
  await threads.stop();
});

it('takes rows out of the variables that are declared for them alone', () => {
  const rows = [{ values: { a: 1 } }];
  const variables = { input: { rows }, other: { rows }, empty: { rows: [] }, odd: { rows: [null] } };
  const query = 'mutation ($input : LogInput !, $other: JSON, $empty: LogInput!, $odd: LogInput!, $none: LogInput!)';
  const { body, logged } = readLogBody(Buffer.from(JSON.stringify({ query, variables })));
  expect(logged.map(({ variable }) => variable)).toEqual(['input']);
  expect(body).toEqual({ query, variables: { ...variables, input: { rows: [] } } });
});
