import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, inject, it } from 'vitest';
import { mustRun } from './support/run-program.ts';

const attw = join(fileURLToPath(new URL('../node_modules', import.meta.url)), '.bin/attw');

describe.each(['client', 'schema'] as const)('the tarball of @summa/%s', (name) => {
  it('has nothing that publint minds', async () => {
    const tarball = new Uint8Array(await readFile(inject('tarballs')[name])).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    expect(pkg).toMatchObject({ name: `@summa/${name}`, type: 'module', sideEffects: false });
    expect(Object.keys(pkg)).not.toContain('dependencies');
  });

  it('has types that resolve as its modules do', async () => {
    // What is no module, a JSON or GraphQL file, has no types.
    const files = name === 'schema' ? ['--exclude-entrypoints', 'schema.graphql', 'introspection.json'] : [];
    await mustRun(attw, [inject('tarballs')[name], '--profile', 'esm-only', ...files]);
  });
});
