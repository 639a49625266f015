// Puts the schema that the server prints into dist, as text and as the answer to an introspection query.
import { readFile, writeFile } from 'node:fs/promises';
import { buildSchema, introspectionFromSchema } from 'graphql';

const text = await readFile(new URL('../../../apps/server/schema.graphql', import.meta.url), 'utf8');
const dist = new URL('../dist/', import.meta.url);
const everything = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, oneOf: true };
const introspection = introspectionFromSchema(buildSchema(text), { inputValueDeprecation: true, ...everything });
await writeFile(new URL('schema.graphql', dist), text);
await writeFile(new URL('introspection.json', dist), `${JSON.stringify(introspection)}\n`);
