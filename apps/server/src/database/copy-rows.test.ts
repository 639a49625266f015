import type { PoolClient } from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { type BinaryRow, copyRows } from './copy-rows.ts';
import { type Database, openDatabase } from './database.ts';
import { uuid, uuids, wholeNumbers } from './safe-literals.ts';

let testDatabase: TestDatabase;
let database: Database;
let client: PoolClient;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ url: testDatabase.url, log: pino({ level: 'silent' }), statementTimeoutMs: 2_000 });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  client = await database.pool.connect();
});
afterEach(() => client.release());

async function rowsOf(select: string): Promise<(Buffer | null)[][]> {
  const rows: (Buffer | null)[][] = [];
  await copyRows(client, select, (row) => rows.push(row.map((column) => column && Buffer.from(column))));
  return rows;
}

it('carries every byte as it is, and tells NULL from no bytes', async () => {
  const everyByte = Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i));
  const rows = await rowsOf(`SELECT '\\x${everyByte.toString('hex')}'::bytea, NULL::bytea, ''::bytea, 7`);
  expect(rows).toEqual([[everyByte, null, Buffer.alloc(0), Buffer.from([0, 0, 0, 7])]]);
});

it('gives rows in the order of the statement, however many packets each takes', async () => {
  const sizes = [0, 1, 70_000, 3, 1_000_000, 8_191];
  const rows = await rowsOf(`SELECT convert_to(repeat('x', size), 'UTF8') FROM unnest('{${sizes}}'::int[]) AS size`);
  expect(rows.map(([bytes]) => bytes?.length)).toEqual(sizes);
  expect(rows.every(([bytes]) => bytes?.every((byte) => byte === 'x'.charCodeAt(0)))).toBe(true);
});

it('gives nothing where there are no rows', async () => {
  expect(await rowsOf('SELECT 1 WHERE false')).toEqual([]);
});

it('lets other work go on while rows arrive', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  let seenByTheLast = 0;
  await copyRows(client, `SELECT repeat('x', 100000) FROM generate_series(1, 500)`, () => {
    seenByTheLast = turns;
  });
  clearInterval(timer);
  expect(seenByTheLast).toBeGreaterThan(0);
});

it.each([
  ['before the first row', 'SELECT nothing'],
  ['after some rows', 'SELECT 1 / (3 - i) FROM generate_series(1, 5) AS i'],
  ['out of time', 'SELECT pg_sleep(10)'],
])('fails as the statement does, %s, and leaves the connection usable', async (_when, select) => {
  await expect(rowsOf(select)).rejects.toThrow(/does not exist|division by zero|statement timeout/);
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

it('throws what the taker throws, takes no row after it, and leaves the connection usable', async () => {
  const taken: BinaryRow[] = [];
  const refusing = copyRows(client, 'SELECT generate_series(1, 1000)', (row) => {
    taken.push(row);
    throw new RangeError('not this one');
  });
  await expect(refusing).rejects.toThrow(new RangeError('not this one'));
  expect(taken).toHaveLength(1);
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

it('fails when the connection is lost, rather than wait for ever', async () => {
  const lost = await database.pool.connect();
  lost.on('error', () => {});
  const { rows } = await lost.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const reading = expect(copyRows(lost, 'SELECT pg_sleep(1)', () => {})).rejects.toThrow();
  await client.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await reading;
  lost.release(true);
});

it('takes no literal but UUIDs and whole numbers into a statement', async () => {
  const id = '0190c1f2-7a31-7000-8000-00000000abcd';
  const { rows } = await client.query(
    `SELECT ${uuid(id)} AS id, ${uuids([id, id])} AS ids, ${wholeNumbers([])}::int[] AS none, ${wholeNumbers([-1, 2 ** 53 - 1])}::bigint[] AS whole`,
  );
  expect(rows).toEqual([{ id, ids: [id, id], none: [], whole: [-1, 2 ** 53 - 1] }]);
  for (const bad of [`${id}'`, `'; DROP TABLE run; --`, '', `${id}\n`]) {
    expect(() => uuid(bad)).toThrow(RangeError);
    expect(() => uuids([id, bad])).toThrow(RangeError);
  }
  for (const bad of [0.5, Number.NaN, Infinity, 2 ** 53]) expect(() => wholeNumbers([bad])).toThrow(RangeError);
});
