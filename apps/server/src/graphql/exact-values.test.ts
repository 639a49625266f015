import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const BIG = '9007199254740993';
const HUGE = '123456789012345678901234567890';

const send = (body: string, headers = {}) => api.post(body, { authorization: `Bearer ${api.admin.key}`, ...headers });

describe('values on their way in and out', () => {
  it('are whole numbers beyond 2^53 to the last digit, from a variable to the answer', async () => {
    const run = await api.startRun();
    const log =
      'mutation ($id: ID!, $rows: [LogRow!]!) { log(input: { runId: $id, writer: \\"w\\", offset: 0, rows: $rows }) { acceptedRows } }';
    await send(
      `{"query":"${log}","variables":{"id":"${run.id}","rows":[{"step":0,"values":{"seed":${BIG},"huge":-${HUGE}}}]}}`,
    );
    const { text } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Run { summary { document value(key: "seed") { ... on NumberValue { exact } } } history { rows { nodes { values } } points(keys: ["huge"]) { values } } } } }`,
      { id: run.id },
    );
    expect(text).toContain(`"document":{"seed":${BIG},"huge":-${HUGE}}`);
    expect(text).toContain(`"exact":"${BIG}"`);
    expect(text).toContain(`"values":{"seed":${BIG},"huge":-${HUGE}}`);
    expect(text).toContain(`"values":[-${HUGE}]`);
  });

  it('are the same from a literal in the document', async () => {
    const answer = await api.ask(
      `mutation { startRun(input: { project: "vision", config: { seed: ${BIG}, list: [1, ${HUGE}], nested: { none: null, on: true, lr: 1e-3 } } }) { run { config } } }`,
    );
    expect(answer.text).toContain(
      `"config":{"seed":${BIG},"list":[1,${HUGE}],"nested":{"none":null,"on":true,"lr":0.001}}`,
    );
  });

  it('are the same in the variables of a GET', async () => {
    const run = await api.startRun({ name: 'seeded', config: {} });
    await send(
      `{"query":"mutation { updateRun(input: { runId: \\"${run.id}\\", config: { seed: ${BIG} } }) { run { id } } }"}`,
    );
    const ask = (value: string) => {
      const query =
        'query ($value: JSON!) { project(entity: "admin", name: "vision") { runCount(filter: { config: { key: "seed", eq: $value } }) } }';
      const search = new URLSearchParams({ query, variables: `{"value":${value}}` });
      return fetch(`${api.url}/graphql?${search}`, {
        headers: { authorization: `Bearer ${api.admin.key}`, 'apollo-require-preflight': 'true' },
      });
    };
    expect(await (await ask(BIG)).json()).toEqual({ data: { project: { runCount: expect.any(Number) } } });
  });

  it('are NaN and the infinities as their three strings, in every place', async () => {
    const run = await api.startRun({ config: { bound: 'Infinity' } });
    await api.log(run.id, [{ values: { loss: 'NaN', low: '-Infinity', nested: { high: 'Infinity' }, text: 'NaN ' } }]);
    await api.ask(
      'mutation ($id: ID!) { updateSummary(input: { runId: $id, set: { best: "NaN" } }) { summary { revision } } }',
      { id: run.id },
    );
    const { data } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Run { config summary { document metric(key: "loss") { last nanCount count min mean } value(key: "low") { ... on NumberValue { number exact } } } history { series(keys: ["loss", "low"]) { first min } points(keys: ["loss"]) { values } } } } }`,
      { id: run.id },
    );
    expect(data.node).toEqual({
      config: { bound: 'Infinity' },
      summary: {
        document: { loss: 'NaN', low: '-Infinity', nested: { high: 'Infinity' }, text: 'NaN ', best: 'NaN' },
        metric: { last: 'NaN', nanCount: 1, count: 1, min: null, mean: null },
        value: { number: '-Infinity', exact: '-Infinity' },
      },
      history: {
        series: [
          { first: ['NaN'], min: [null] },
          { first: ['-Infinity'], min: [null] },
        ],
        points: [{ values: ['NaN'] }],
      },
    });
  });

  it('may come packed with gzip', async () => {
    const body = gzipSync(JSON.stringify({ query: '{ viewer { name } }' }));
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        authorization: `Bearer ${api.admin.key}`,
      },
    });
    expect(await response.json()).toEqual({ data: { viewer: { name: 'admin' } } });
  });

  it('never hold the character NUL, wherever it is put', async () => {
    const run = await api.startRun();
    const code = async (answer: Promise<{ errors: readonly { extensions: { code: string } }[] | undefined }>) =>
      (await answer).errors?.[0]?.extensions.code;
    expect(await code(api.ask('query ($name: String!) { entity(name: $name) { id } }', { name: 'a\0b' }))).toBe(
      'INVALID_INPUT',
    );
    expect(await code(api.ask('{ entity(name: "a\\u0000b") { id } }'))).toBe('INVALID_INPUT');
    expect(await code(api.ask('{ entity(name: "a\\u{0}b") { id } }'))).toBe('INVALID_INPUT');
    const rows = [{ values: { text: 'a\0b' } }];
    expect(
      await code(
        api.ask('mutation ($input: LogInput!) { log(input: $input) { revision } }', {
          input: { runId: run.id, writer: 'w', offset: 0, rows },
        }),
      ),
    ).toBe('INVALID_INPUT');
    const search = new URLSearchParams({
      query: 'query ($name: String!) { entity(name: $name) { id } }',
      variables: '{"name":"a\\u0000b"}',
    });
    const got = await fetch(`${api.url}/graphql?${search}`, {
      headers: { authorization: `Bearer ${api.admin.key}`, 'apollo-require-preflight': 'true' },
    });
    expect(await got.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });
});

describe('a value of the wrong type', () => {
  const refused: [type: string, given: unknown, says: RegExp][] = [
    ['Step', -1, /whole number from 0 to 9007199254740991/],
    ['Step', 1.5, /whole number/],
    ['Step', 2 ** 53, /whole number/],
    ['Step', '7', /whole number/],
    ['DateTime', '2026-11-23', /ISO 8601 with an offset/],
    ['DateTime', '2026-13-01T00:00:00Z', /ISO 8601/],
    ['DateTime', 1_700_000_000, /ISO 8601/],
    ['Int', 2 ** 31, /32-bit/],
    ['Int', '1', /non-integer/],
  ];
  const uses: Record<string, string> = {
    Step: 'node(id: "x") { ... on Run { history { row(step: $value) { step } } } }',
    DateTime: 'createApiKey(input: { name: "k", scopes: [READ], expiresAt: $value }) { key }',
    Int: 'entity(name: "admin") { projects(first: $value) { totalCount } }',
  };
  for (const [type, given, says] of refused) {
    it(`is a BAD_USER_INPUT that says what a ${type} is: ${JSON.stringify(given)}`, async () => {
      const kind = type === 'DateTime' ? 'mutation' : 'query';
      const variable = `$value: ${type}${type === 'Step' ? '!' : ''}`;
      const { errors } = await api.ask(`${kind} (${variable}) { ${uses[type]} }`, { value: given });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors?.[0]?.message).toMatch(says);
    });
  }

  it('is found in a literal too, by validation', async () => {
    const { errors } = await api.ask('{ node(id: "x") { ... on Run { history { row(step: -1) { step } } } } }');
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('whole number from 0'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it('is no DateTime in another offset: that is read and given back in UTC', async () => {
    const { data } = await api.ask(
      'mutation { createApiKey(input: { name: "k", scopes: [READ], expiresAt: "2100-01-01T01:30:00+01:30" }) { apiKey { expiresAt } } }',
    );
    expect(data.createApiKey.apiKey.expiresAt).toBe('2100-01-01T00:00:00.000Z');
  });
});
