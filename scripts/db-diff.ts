// `npm run db:diff <name>`: writes the migration that turns what the migrations make into what prisma/schema.prisma says.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { diffSchema } from '../apps/server/src/database/diff-schema.ts';
import { startEmbeddedPostgres } from '../apps/server/src/database/embedded-postgres.ts';
import { migrateDatabase } from '../apps/server/src/database/migrate.ts';
import { prismaDir, readSchema } from '../apps/server/src/database/migrations.ts';
import { EnginePool } from '../apps/server/src/database/schema-engine.ts';
import { createLog } from '../apps/server/src/log.ts';
import { createTestFolder } from '../apps/server/src/testing/test-folder.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write('usage: npm run db:diff <name>   (lower case letters, digits and _; such as add_run_notes)\n');
  process.exit(1);
}

const sql = await diffAgainstMigrations();
if (sql === '') {
  process.stdout.write('schema.prisma and the migrations agree; nothing to write\n');
} else {
  const file = join(prismaDir, 'migrations', `${timestamp()}_${name}`, 'migration.sql');
  await mkdir(join(file, '..'));
  await writeFile(file, sql);
  process.stdout.write(
    `${relative(process.cwd(), file)}\n\nRead it, and add by hand what Prisma has no words for (CHECK, COLLATE "C", storage).\n`,
  );
}

async function diffAgainstMigrations(): Promise<string> {
  const dataDir = await createTestFolder('diff');
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog({ level: 'error' }), durable: false });
  const pool = new EnginePool(postgres.url);
  try {
    await migrateDatabase(postgres.url);
    return await diffSchema(pool, (await readSchema()).content);
  } finally {
    await pool.end();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function timestamp(): string {
  return new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
}
