import type { JsonValue } from '@summa/core/json/json-value';
import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';
import { scalarColumns } from './field-row.ts';

/** One value of a run's config, its key as a number. */
export interface ConfigField {
  readonly keyId: number;
  readonly value: JsonValue;
}

/** Makes the config fields of a run exactly these, in one statement. The caller holds the run's lock. */
export async function replaceConfigFields(
  client: Queryable,
  run: RunRef,
  fields: readonly ConfigField[],
): Promise<void> {
  const columns = fields.map(({ value }) => scalarColumns(value));
  await client.query({
    name: 'replace-config-fields',
    text: `/* replaceConfigFields */
      WITH incoming AS (
        SELECT * FROM unnest($3::int[], $4::float8[], $5::text[], $6::boolean[]) AS field (key_id, number, text, boolean)),
      gone AS (
        DELETE FROM run_field f WHERE f.project_id = $1 AND f.section = 'config' AND f.run_id = $2
          AND NOT EXISTS (SELECT 1 FROM incoming WHERE incoming.key_id = f.key_id))
      INSERT INTO run_field (project_id, section, key_id, run_id, number, text, boolean)
      SELECT $1::uuid, 'config', key_id, $2::uuid, number, text, boolean FROM incoming
      ON CONFLICT (project_id, section, key_id, run_id)
      DO UPDATE SET number = excluded.number, text = excluded.text, boolean = excluded.boolean
      WHERE (run_field.number, run_field.text, run_field.boolean) IS DISTINCT FROM (excluded.number, excluded.text, excluded.boolean)`,
    values: [
      run.projectId,
      run.runId,
      fields.map((field) => field.keyId),
      columns.map((field) => field.number),
      columns.map((field) => field.text),
      columns.map((field) => field.boolean),
    ],
  });
}
