import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { logLosses } from '../support/log-losses.ts';
import { createConsumer } from './support/consumer.ts';
import { mustRun } from './support/run-program.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/codegen', import.meta.url));
const server = inject('server');
const env = { SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey };

let entity: string;
beforeAll(async () => {
  await logLosses(server, 'examples');
  entity = (await must(server, '{ viewer { entity { name } } }')).viewer.entity.name;
});

/** In the middle of each program; it does not compile unless what stands below the comment is an error. */
const MISSPELT = `const loss = summary.metric;
  // @ts-expect-error there is no such field
  void loss?.minStpe;`;

it.concurrent.each([
  ['client-preset', ['client', 'schema']],
  ['typescript', ['schema']],
  ['gql-tada', ['schema']],
] as const)('examples/codegen/%s generates, compiles strictly and asks a server', async (name, packages) => {
  await using consumer = await createConsumer();
  const { folder } = consumer;
  await cp(join(EXAMPLES, name), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const program = await readFile(join(folder, 'best-runs.ts'), 'utf8');
  expect(program).toContain('const loss = summary.metric;');
  await consumer.write('best-runs.ts', program.replace('const loss = summary.metric;', MISSPELT));

  await consumer.install(...packages.map((each) => inject('tarballs')[each]));
  const npm = (...args: string[]) => mustRun('npm', ['run', '--silent', ...args], { cwd: folder, env });
  await npm('generate');
  await npm('build');
  expect(await npm('start', '--', entity, 'examples')).toBe('second FINISHED 0.5 0 1.25\nfirst FINISHED 1 1 2\n');
});
