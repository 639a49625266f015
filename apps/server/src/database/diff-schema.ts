import type { EnginePool } from './schema-engine.ts';
import { withSchemaEngine } from './schema-engine.ts';

const noFilters = { externalTables: [], externalEnums: [] };

/**
 * The SQL that would turn the database of `pool` into what `schema` (the text of a schema.prisma) says; the empty text
 * when it is so already. Check constraints, storage settings and collations are not seen: Prisma does not know them.
 */
export async function diffSchema(pool: EnginePool, schema: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: schema }];
  const result = await withSchemaEngine(pool, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: noFilters,
    }),
  );
  return result.exitCode === 0 ? '' : (result.stdout ?? '');
}
