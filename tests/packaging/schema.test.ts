import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildClientSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { expect, inject, it } from 'vitest';
import { createConsumer } from './support/consumer.ts';
import { mustRun } from './support/run-program.ts';

const PROGRAM = `
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import introspection from '@summa/schema/introspection.json' with { type: 'json' };
const text = readFileSync(fileURLToPath(import.meta.resolve('@summa/schema/schema.graphql')), 'utf8');
console.log(JSON.stringify({ text, introspection }));
`;

it('is the schema that a server of the same version serves, as text and as introspection', async () => {
  await using consumer = await createConsumer(inject('tarballs').schema);
  const server = inject('server');
  const program = await consumer.write('program.mjs', PROGRAM);
  const packaged = JSON.parse(await mustRun(process.execPath, ['--no-warnings', program], { cwd: consumer.folder }));
  const served = await (await fetch(`${server.url}/schema.graphql`)).text();
  expect(packaged.text).toBe(served);
  expect(packaged.introspection).toEqual(await (await fetch(`${server.url}/schema.json`)).json());
  const read = printSchema(lexicographicSortSchema(buildClientSchema(packaged.introspection)));
  expect(`${read}\n`).toBe(served);
  expect(await readFile(join(consumer.folder, 'node_modules/@summa/schema/LICENSE'), 'utf8')).toContain('Apache');
});
