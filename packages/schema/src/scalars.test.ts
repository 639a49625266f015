import { readFileSync } from 'node:fs';
import { buildSchema, isScalarType, isSpecifiedScalarType } from 'graphql';
import { expect, it } from 'vitest';
import { codegenScalars } from './scalars.ts';

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('names a type for every scalar of the schema and for no other', () => {
  const types = Object.values(buildSchema(file('../../../apps/server/schema.graphql')).getTypeMap());
  const scalars = types.filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
  expect(Object.keys(codegenScalars)).toEqual(scalars.map(({ name }) => name).sort());
});

it('takes each of them from an exported type', () => {
  const exported = [...file('scalars.ts').matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name);
  const named = Object.values(codegenScalars).map((target) => target.replace('@summa/schema#', ''));
  expect(exported).toEqual(expect.arrayContaining(named));
});
