import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { logLosses } from '../support/log-losses.ts';
import { createConsumer } from './support/consumer.ts';
import { mustRun, runProgram } from './support/run-program.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/codegen', import.meta.url));
const server = inject('server');
const env = { SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey };

let entity: string;
beforeAll(async () => {
  await logLosses(server, 'examples');
  entity = (await must(server, '{ viewer { entity { name } } }')).viewer.entity.name;
});

it.each([
  ['client-preset', ['client', 'schema']],
  ['typescript', ['schema']],
  ['gql-tada', ['schema']],
] as const)('examples/codegen/%s generates, compiles and asks a server', async (name, packages) => {
  await using consumer = await createConsumer();
  const { folder } = consumer;
  await cp(join(EXAMPLES, name), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  await consumer.install(...packages.map((each) => inject('tarballs')[each]));
  await mustRun('npm', ['run', '--silent', 'generate'], { cwd: folder });
  await mustRun('npm', ['run', '--silent', 'build'], { cwd: folder });
  const asked = await mustRun('npm', ['run', '--silent', 'start', '--', entity, 'examples'], { cwd: folder, env });
  expect(asked).toBe('second FINISHED 0.5 0 1.25\nfirst FINISHED 1 1 2\n');

  const program = await readFile(join(folder, 'best-runs.ts'), 'utf8');
  await writeFile(join(folder, 'best-runs.ts'), program.replace('loss?.minStep', 'loss?.minStpe'));
  const { code, stdout } = await runProgram(join(folder, 'node_modules/.bin/tsc'), [], { cwd: folder });
  expect([code, stdout]).toEqual([2, expect.stringContaining("Property 'minStpe' does not exist")]);
});
