// Every generated document becomes one line of text without what GraphQL ignores: half the bytes, and a bundler drops those that
// nothing uses, as it cannot with objects made by a constructor. The preset's `graphql()` function goes: nothing calls it.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { stripIgnoredCharacters } from 'graphql';

const folder = new URL('../src/generated/', import.meta.url);
const file = new URL('graphql.ts', folder);
const document = /new TypedDocumentString\(`([^`]*)`(?:, \{[^}]*\})?\)/g;
const documentClass = /export class TypedDocumentString<TResult, TVariables>[\s\S]*?\n\}\n/;

const text = await readFile(file, 'utf8');
const documents = text.match(document)?.length ?? 0;
if (documents === 0 || !documentClass.test(text))
  throw new Error('No documents in graphql.ts: has the preset changed?');
const shrunk = text
  .replace(
    documentClass,
    'type TypedDocumentString<TResult, TVariables> = DocumentTypeDecoration<TResult, TVariables>;\n',
  )
  .replace(document, (_, source) => JSON.stringify(stripIgnoredCharacters(source)));
if (shrunk.includes('new TypedDocumentString'))
  throw new Error('A document in graphql.ts has a form that is not known.');
await writeFile(file, shrunk);
for (const name of ['gql.ts', 'index.ts']) await rm(new URL(name, folder), { force: true });
