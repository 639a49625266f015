import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { copyRows } from './copy-rows.ts';
import { type Database, openDatabase } from './database.ts';
import { nameStatements } from './statement-names.ts';

const log = pino({ level: 'silent' });
let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({
    url: testDatabase.url,
    log,
    poolSize: 2,
    connectTimeoutMs: 300,
    statementTimeoutMs: 200,
  });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

describe('hand-written SQL', () => {
  it('sees int8 as numbers, bytea as a Buffer and NaN as NaN', async () => {
    const { rows } = await database.pool.query(
      `SELECT 9007199254740991::int8 AS most, '{1,NULL,-2}'::int8[] AS list, '\\x00ff'::bytea AS bytes, 'NaN'::float8 AS nan`,
    );
    expect(rows).toEqual([
      { most: Number.MAX_SAFE_INTEGER, list: [1, null, -2], bytes: Buffer.from([0, 255]), nan: Number.NaN },
    ]);
  });

  it('fails rather than give a number that is not the one stored', async () => {
    await expect(database.pool.query('SELECT 9007199254740993::int8')).rejects.toThrow(
      '9007199254740993 does not fit a number',
    );
    expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('is stopped when it takes longer than the statement timeout', async () => {
    await expect(database.pool.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
  });

  it('does not wait for ever when every connection is busy', async () => {
    const held = await Promise.all([database.pool.connect(), database.pool.connect()]);
    await expect(database.pool.query('SELECT 1')).rejects.toThrow('timeout exceeded when trying to connect');
    for (const client of held) client.release();
  });
});

describe('a connection', () => {
  /** How many statements one keeps prepared after one of ours, a COPY, and one of Prisma. */
  async function keptStatements(preparedStatements: boolean): Promise<number> {
    const own = await openDatabase({ url: testDatabase.url, log, poolSize: 1, preparedStatements });
    try {
      for (const value of [1, 2]) {
        const { rows } = await own.pool.query({ name: 'one', text: 'SELECT $1::int AS value', values: [value] });
        expect(rows).toEqual([{ value }]);
      }
      const client = await own.pool.connect();
      await copyRows(client, 'SELECT 7', ([value]) => expect(value?.readInt32BE()).toBe(7));
      client.release();
      expect(await own.prisma.run.count()).toBe(0);
      return (await own.pool.query('SELECT count(*)::int AS kept FROM pg_prepared_statements')).rows[0].kept;
    } finally {
      await own.close();
    }
  }

  it('keeps no statement of a server behind a pooler that cannot keep them, whoever names it', async () => {
    expect([await keptStatements(false), (await keptStatements(true)) >= 2]).toEqual([0, true]);
  });
});

describe('Prisma', () => {
  it('shares the connections of the pool and keeps its own types', async () => {
    const [row] = await database.prisma.$queryRaw<{ most: bigint; name: string }[]>`
      SELECT 9007199254740993::int8 AS most, current_setting('application_name') AS name`;
    expect(row).toEqual({ most: 9007199254740993n, name: 'summa' });
    expect(database.pool.totalCount).toBeLessThanOrEqual(2);
  });
});

describe('openDatabase', () => {
  it('fails at once when the server is not there', async () => {
    await expect(openDatabase({ url: 'postgresql://summa@127.0.0.1:1/summa', log })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('survives the loss of an idle connection', async () => {
    const other = await createTestDatabase();
    const lost = await openDatabase({ url: other.url, log });
    const { rows } = await lost.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect.poll(() => lost.pool.totalCount).toBe(0);
    expect((await lost.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await lost.close();
    await lost.close();
    await other.drop();
  });
});

describe('the names of prepared statements', () => {
  it('are the same for the same SQL, and stop at the limit', () => {
    const name = nameStatements(2);
    const first = name({ sql: 'SELECT 1' });
    expect(first).toMatch(/^summa_[\w-]{22}$/);
    expect(name({ sql: 'SELECT 2' })).not.toBe(first);
    expect(name({ sql: 'SELECT 3' })).toBe('');
    expect(name({ sql: 'SELECT 1' })).toBe(first);
  });
});
