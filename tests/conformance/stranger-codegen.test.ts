import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { startSumma } from '../support/summa-process.ts';

const run = promisify(execFile);
const tools = fileURLToPath(new URL('../node_modules', import.meta.url));

const QUERY = `query Runs($entity: String!, $project: String!) {
  project(entity: $entity, name: $project) {
    runs(orderBy: [{ summary: { key: "loss", statistic: MIN }, direction: ASC }]) {
      nodes { name state summary { metric(key: "loss") { min minStep mean } } }
    }
  }
}`;

/** What a stranger writes: every field is used at its type, so that a wrong type does not compile. */
const PROGRAM = `
import { RunsDocument, type RunsQuery } from './gql/graphql.ts';

const [url = '', key = ''] = process.argv.slice(2);
const answer = await fetch(url + '/graphql', {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer ' + key },
  body: JSON.stringify({ query: RunsDocument.toString(), variables: { entity: 'admin', project: 'vision' } }),
});
const { data } = (await answer.json()) as { data: RunsQuery };
for (const run of data.project?.runs.nodes ?? []) {
  const name: string = run.name;
  const state: 'RUNNING' | 'FINISHED' | 'FAILED' | 'CRASHED' = run.state;
  // @ts-expect-error a run has no such field
  void run.losses;
  console.log(name, state, run.summary.metric?.min, run.summary.metric?.minStep, run.summary.metric?.mean);
}
`;

const CODEGEN = (url: string) => `schema: ${url}/schema.graphql
documents: '*.graphql'
generates:
  gql/:
    preset: client
    presetConfig: { fragmentMasking: false }
    config: { documentMode: string, enumsAsTypes: true, useTypeImports: true, importExtension: .ts }
`;

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['*.ts', 'gql/*.ts'],
});

it('gives a stranger a typed client from the published schema alone', async () => {
  await using server = await startSumma();
  const { startRun } = await must(
    server,
    `mutation { startRun(input: { project: "vision", name: "first" }) { run { id } } }`,
  );
  const rows = [
    { step: 0, values: { loss: 3 } },
    { step: 1, values: { loss: 1 } },
  ];
  const input = { runId: startRun.run.id, writer: 'w', offset: 0, rows };
  await must(server, `mutation($input: LogInput!) { log(input: $input) { acceptedRows } }`, { input });
  const folder = await mkdtemp(join(tmpdir(), 'summa-stranger-'));
  try {
    await symlink(tools, join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'runs.graphql'), QUERY);
    await writeFile(join(folder, 'codegen.yml'), CODEGEN(server.url));
    await writeFile(join(folder, 'tsconfig.json'), TSCONFIG);
    await writeFile(join(folder, 'main.ts'), PROGRAM);
    await run(join(tools, '.bin/graphql-codegen'), ['--config', 'codegen.yml'], { cwd: folder });
    await run(join(tools, '.bin/tsc'), ['-p', 'tsconfig.json'], { cwd: folder });
    const tsx = createRequire(import.meta.url).resolve('tsx');
    const { stdout } = await run(process.execPath, ['--import', tsx, 'main.ts', server.url, server.apiKey], {
      cwd: folder,
    });
    expect(stdout).toBe('first RUNNING 1 1 2\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
