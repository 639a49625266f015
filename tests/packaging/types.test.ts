import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Consumer, createConsumer } from './support/consumer.ts';
import { runProgram } from './support/run-program.ts';

/** The oldest compiler that the README promises. */
const OLDEST = '5.9.3';
const newest = join(fileURLToPath(new URL('../node_modules', import.meta.url)), '.bin/tsc');

const PROGRAM = `
import { createClient, type LiveRun, SummaClientError } from '@summa/client';
import { createClient as createLogClient } from '@summa/client/log';
import { createClient as createQueryClient, readRows, type TypedDocument } from '@summa/client/query';
import { codegenScalars, type Double, type Scalars } from '@summa/schema';

const client = createClient({ url: 'http://127.0.0.1:4000' });
const run: LiveRun = await createLogClient().startRun({ project: 'vision' });
run.log({ loss: 1, nested: { list: [1, 2] } });
for await (const { step } of readRows(createQueryClient().execute, 'id')) console.log(step satisfies number);
declare const document: TypedDocument<{ answer: Double }, { id: string }>;
const { answer } = await client.execute(document, { id: 'x' });
console.log(answer satisfies Scalars['Double'], codegenScalars.JSON, new SummaClientError('NETWORK', 'gone').code);

// @ts-expect-error the document has a variable
await client.execute(document, {});
// @ts-expect-error a function is no value of a row
run.log({ loss: () => 1 });
// @ts-expect-error nothing of the inside can be imported
import('@summa/client/dist/index.js');
`;

const NODE = `
import { downloadFileTo } from '@summa/client/node';
import { runCommand } from '@summa/client/cli';
console.log((await runCommand(['--help'])) satisfies number, downloadFileTo.name);
`;

let consumer: Consumer;
beforeAll(async () => {
  const { client, schema } = inject('tarballs');
  consumer = await createConsumer(client, schema, '@types/node@20.19.25', `typescript@${OLDEST}`);
});
afterAll(() => consumer?.[Symbol.asyncDispose]());

it.each([
  [
    'in Node',
    { module: 'nodenext', moduleResolution: 'nodenext', lib: ['ES2023', 'ESNext.Disposable'], types: ['node'] },
  ],
  [
    'for a bundler',
    { module: 'esnext', moduleResolution: 'bundler', lib: ['ES2023', 'ESNext.Disposable', 'DOM'], types: [] },
  ],
])('compiles strictly %s, the packages’ own types included', async (name, options) => {
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
  };
  const compilerOptions = { ...strict, target: 'es2022', noEmit: true, ...options };
  const files = [await consumer.write('program.ts', PROGRAM)];
  if (name === 'in Node') files.push(await consumer.write('node.ts', NODE));
  await consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
  const oldest = join(consumer.folder, 'node_modules/.bin/tsc');
  for (const [tsc, version] of [
    [newest, 'the newest'],
    [oldest, OLDEST],
  ] as const) {
    const { code, stdout } = await runProgram(tsc, ['-p', 'tsconfig.json'], { cwd: consumer.folder });
    expect([version, code, stdout]).toEqual([version, 0, '']);
  }
});
