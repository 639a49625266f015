import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The folder of schema.prisma and of `migrations/`. The same distance away from `src/` and from `dist/`. */
export const prismaDir = fileURLToPath(new URL('../../../../prisma', import.meta.url));

/** The names of the migrations that this version brings, oldest first. */
export async function listMigrationNames(baseDir = join(prismaDir, 'migrations')): Promise<string[]> {
  const entries = await readdir(baseDir, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The migrations with their SQL, as the schema engine wants them. */
export async function readMigrations(baseDir = join(prismaDir, 'migrations')): Promise<MigrationList> {
  const names = await listMigrationNames(baseDir);
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

/** schema.prisma, as the schema engine wants it. */
export async function readSchema(): Promise<{ path: string; content: string }> {
  const path = join(prismaDir, 'schema.prisma');
  return { path, content: await readFile(path, 'utf8') };
}
