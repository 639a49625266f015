import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let lock: pg.Client;
const lines: string[] = [];

beforeAll(async () => {
  api = await startTestApi({ env: { SUMMA_STATEMENT_TIMEOUT_MS: '300' }, log: lines });
  await api.startRun({ name: 'r' });
  lock = new pg.Client({ connectionString: api.services.config.databaseUrl });
  await lock.connect();
});
afterAll(async () => {
  await lock.end();
  await api.close();
});

const READ_RUN = '{ run(entity: "admin", project: "vision", name: "r") { name } }';

describe('what goes wrong inside', () => {
  it('is a STATEMENT_TIMEOUT when the database needs too long, and over when it does not', async () => {
    await lock.query('BEGIN');
    await lock.query('LOCK TABLE run IN ACCESS EXCLUSIVE MODE');
    const slow = await api.ask(READ_RUN);
    await lock.query('ROLLBACK');
    expect(slow.errors?.[0]?.extensions).toEqual({ code: 'STATEMENT_TIMEOUT' });
    expect((await api.ask(READ_RUN)).data.run).toEqual({ name: 'r' });
  });

  it('is masked as INTERNAL, with an id under which the log tells the cause', async () => {
    await lock.query('ALTER TABLE run RENAME TO run_gone');
    const broken = await api.ask(READ_RUN);
    await lock.query('ALTER TABLE run_gone RENAME TO run');
    const [error] = broken.errors ?? [];
    expect(error?.extensions).toEqual({ code: 'INTERNAL', errorId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(broken.text).not.toMatch(/run_gone|relation|SELECT|\.ts/);
    const logged = lines.filter((line) => line.includes(error?.extensions.errorId ?? 'no id'));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('relation \\"run\\" does not exist');
  });

  it('is SERVER_BUSY when no connection to the database becomes free', async () => {
    const { pool } = api.services.database;
    const held = await Promise.all(Array.from({ length: pool.options.max ?? 10 }, () => pool.connect()));
    const waiting = pool.options.connectionTimeoutMillis;
    pool.options.connectionTimeoutMillis = 200;
    const busy = await api.ask(READ_RUN);
    pool.options.connectionTimeoutMillis = waiting;
    for (const client of held) client.release();
    expect(busy.errors?.[0]?.extensions).toEqual({ code: 'SERVER_BUSY' });
  });

  it('tells 500 clients at once when to come back, and answers all of them then', async () => {
    const askAll = () =>
      Promise.all(
        Array.from({ length: 500 }, async () => {
          const answer = await fetch(`${api.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${api.admin.key}` },
            body: JSON.stringify({ query: READ_RUN }),
          });
          const { data, errors } = JSON.parse(await answer.text());
          return errors ? `${errors[0].extensions.code} ${answer.headers.get('retry-after')}` : Object.keys(data);
        }),
      );
    const { pool } = api.services.database;
    const held = await Promise.all(Array.from({ length: pool.options.max ?? 10 }, () => pool.connect()));
    const waiting = pool.options.connectionTimeoutMillis;
    pool.options.connectionTimeoutMillis = 200;
    const refused = await askAll();
    pool.options.connectionTimeoutMillis = waiting;
    for (const client of held) client.release();
    expect(new Set(refused)).toEqual(new Set(['SERVER_BUSY 1']));
    expect(new Set((await askAll()).flat())).toEqual(new Set(['run']));
  });
});

describe('a document made to be slow', () => {
  it.each([
    ['fields', `{ ${'__typename '.repeat(3990)} }`],
    ['objects', `{ ${'viewer { id } '.repeat(790)} }`],
    ['fragments', `{ ${'...F '.repeat(600)} } fragment F on Query { ${'viewer { id } '.repeat(300)} }`],
    ['directives', `{ viewer { id ${'@a '.repeat(1900)} } }`],
  ])('is refused sooner than three hundred plain questions are answered, when it repeats %s', async (_, document) => {
    const began = performance.now();
    const { errors } = await api.ask(document);
    const refused = performance.now();
    expect(errors?.[0]?.extensions.code).toMatch(/^(QUERY_TOO_COMPLEX|GRAPHQL_VALIDATION_FAILED)$/);
    for (let i = 0; i < 300; i++) await api.ask('{ viewer { id } }');
    expect(refused - began).toBeLessThan(performance.now() - refused);
  });
});
