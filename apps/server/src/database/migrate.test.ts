import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { diffSchema } from './diff-schema.ts';
import { migrateDatabase } from './migrate.ts';
import { listMigrationNames, prismaDir, readSchema } from './migrations.ts';
import { EnginePool } from './schema-engine.ts';

async function withPool<T>(url: string, use: (pool: EnginePool) => Promise<T>): Promise<T> {
  const pool = new EnginePool(url);
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}

const query = (url: string, sql: string) => withPool(url, async (pool) => (await pool.query(sql)).rows);

describe('migrateDatabase', () => {
  let empty: TestDatabase;
  let extended: string;
  const databases: TestDatabase[] = [];

  const emptyDatabase = async () => {
    const database = await createTestDatabase({ migrated: false });
    databases.push(database);
    return database;
  };

  beforeAll(async () => {
    empty = await emptyDatabase();
    extended = await mkdtemp(join(tmpdir(), 'summa-migrations-'));
    await cp(join(prismaDir, 'migrations'), extended, { recursive: true });
  });
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.drop()));
    await rm(extended, { recursive: true });
  });

  const addMigration = async (name: string, sql: string) => {
    await mkdir(join(extended, name));
    await writeFile(join(extended, name, 'migration.sql'), sql);
  };

  it('applies every migration once and records it, then finds nothing to do', async () => {
    const names = await listMigrationNames();
    expect(await migrateDatabase(empty.url)).toEqual(names);
    expect(await migrateDatabase(empty.url)).toEqual([]);
    const recorded = await query(empty.url, 'SELECT migration_name FROM _prisma_migrations ORDER BY migration_name');
    expect(recorded).toEqual(names.map((name) => ({ migration_name: name })));
  });

  it('lets three servers start at once: one migrates, the others wait', async () => {
    const { url } = await emptyDatabase();
    const results = await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
    expect(results.flat()).toEqual(await listMigrationNames());
  });

  it('leaves nothing of a migration that fails half way, and says what failed', async () => {
    const { url } = await emptyDatabase();
    await addMigration('29990101000000_broken', `CREATE TABLE half (text text DEFAULT 'a;b'); SELECT 1 / 0;`);
    await expect(migrateDatabase(url, extended)).rejects.toThrow('division by zero');
    await rm(join(extended, '29990101000000_broken'), { recursive: true });
    expect(await query(url, `SELECT relname FROM pg_class WHERE relname IN ('half', 'run')`)).toEqual([]);
    expect(await migrateDatabase(url)).toEqual(await listMigrationNames());
  });

  it('keeps a semicolon inside a string of a migration', async () => {
    const { url } = await emptyDatabase();
    await addMigration('29990101000000_semicolon', `CREATE TABLE words (word text DEFAULT 'a;b');`);
    await migrateDatabase(url, extended);
    await query(url, 'INSERT INTO words DEFAULT VALUES');
    expect(await query(url, 'SELECT word FROM words')).toEqual([{ word: 'a;b' }]);
  });

  it('refuses a database that a newer version has migrated, and names the migration', async () => {
    const { url } = await emptyDatabase();
    await addMigration('29990102000000_from_the_future', 'CREATE TABLE future (id int);');
    await migrateDatabase(url, extended);
    await expect(migrateDatabase(url)).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringContaining('29990101000000_semicolon'),
    });
  });
});

describe('schema.prisma and the migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('agree', async () => {
    const { content } = await readSchema();
    expect(await withPool(database.url, (pool) => diffSchema(pool, content))).toBe('');
  });

  it('are seen to differ when a column or a partial index is missing', async () => {
    const { content } = await readSchema();
    await query(database.url, 'ALTER TABLE "user" DROP COLUMN email; DROP INDEX run_summary_stale;');
    const diff = await withPool(database.url, (pool) => diffSchema(pool, content));
    expect(diff).toContain('ALTER TABLE "user" ADD COLUMN     "email" TEXT;');
    expect(diff).toContain('WHERE ("fields_stale" = true)');
  });

  it('hold the words that a text column may have', async () => {
    const insert = `INSERT INTO entity (id, name, kind) VALUES (gen_random_uuid(), 'x', 'robot')`;
    await expect(query(database.url, insert)).rejects.toThrow('entity_kind_check');
  });
});

const externalUrl = process.env.SUMMA_TEST_EXTERNAL_URL;

describe.runIf(externalUrl !== undefined)('an external Postgres (SUMMA_TEST_EXTERNAL_URL)', () => {
  it('is migrated and agrees with schema.prisma', async () => {
    const admin = new pg.Client({ connectionString: externalUrl });
    await admin.connect();
    const name = `summa_migrate_test_${process.pid}`;
    await admin.query(`CREATE DATABASE ${name}`);
    try {
      const url = new URL(externalUrl ?? '');
      url.pathname = `/${name}`;
      expect(await migrateDatabase(url.href)).toEqual(await listMigrationNames());
      const { content } = await readSchema();
      expect(await withPool(url.href, (pool) => diffSchema(pool, content))).toBe('');
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    }
  });
});
