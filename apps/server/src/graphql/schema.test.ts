import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { breakingChanges, mayBreak } from './breaking-changes.ts';
import { printedSchema } from './print-schema.ts';
import { schema } from './schema.ts';

const committed = fileURLToPath(new URL('../../schema.graphql', import.meta.url));

describe('the schema', () => {
  it('is what schema.graphql says; run "npm run print-schema" when it is not', async () => {
    expect(await readFile(committed, 'utf8')).toBe(printedSchema());
  });

  it('describes every type, field, argument and value in a sentence', () => {
    const bare = Object.values(schema.getTypeMap())
      .flatMap(describedParts)
      .filter(([, text]) => !/^[A-Z`].{8,}[.:]$|^[A-Z].*\.$/s.test(text ?? ''));
    expect(bare.map(([name]) => name)).toEqual([]);
  });

  it('never names what breaks when nothing has changed', () => {
    expect(breakingChanges(printedSchema(), printedSchema())).toEqual([]);
  });

  it('names a field that was taken away, an argument that became required and a value that is gone', () => {
    const before = printedSchema();
    const after = before
      .replace(/\n {2}"""[^"]*"""\n {2}displayName: String!\n/, '\n')
      .replace('revokeApiKey(\n', 'revokeApiKey(\n    reason: String!\n')
      .replace(/\n {2}"""[^"]*"""\n {2}READER\n/, '\n');
    expect(breakingChanges(before, after)).toEqual([
      'A required arg reason on Mutation.revokeApiKey was added.',
      'READER was removed from enum type Role.',
      'Run.displayName was removed.',
    ]);
  });

  it.each([
    ['1.4.2', '2.0.0', true],
    ['1.4.2', '1.5.0', false],
    ['0.1.0', '0.2.0', true],
    ['0.1.0', '0.1.1', false],
    ['0.9.0', '1.0.0', true],
  ])('may break after %s in %s: %s', (before, after, may) => {
    expect(mayBreak(before, after)).toBe(may);
  });

  it('is compared by the command that CI runs, which fails and names the breach', async () => {
    const script = fileURLToPath(new URL('../../scripts/check-breaking-changes.ts', import.meta.url));
    const run = promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--conditions=@summa/source', script, '--against', '-'],
      {},
    );
    run.child.stdin?.end(`${await readFile(committed, 'utf8')}\nextend type Query { gone: String }\n`);
    const failed = await run.catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('Query.gone was removed.') });
  });
});

function describedParts(type: GraphQLNamedType): [string, string | null | undefined][] {
  if (type.name.startsWith('__') || isSpecifiedScalarType(type)) return [];
  const parts: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isEnumType(type))
    for (const value of type.getValues()) parts.push([`${type.name}.${value.name}`, value.description]);
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return parts;
  for (const field of Object.values(type.getFields())) {
    parts.push([`${type.name}.${field.name}`, field.description]);
    if ('args' in field)
      for (const arg of field.args) parts.push([`${type.name}.${field.name}(${arg.name})`, arg.description]);
  }
  return parts;
}
