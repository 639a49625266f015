import { must } from './graphql.ts';
import type { SummaProcess } from './summa-process.ts';

const AT_ONCE = 8;
const METRICS = 20;

/** Makes runs of project `many`: run `i` has its index in the config, and metrics `m0`, `m1`, … of which `m0` is twice the index. */
export async function makeRuns(server: Pick<SummaProcess, 'url' | 'apiKey'>, count: number): Promise<void> {
  const indexes = Array.from({ length: count }, (_, i) => i);
  const work = async () => {
    for (let index = indexes.pop(); index !== undefined; index = indexes.pop()) await makeRun(server, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function makeRun(server: Pick<SummaProcess, 'url' | 'apiKey'>, index: number): Promise<void> {
  const started = await must(server, 'mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }', {
    input: { project: 'many', name: `run-${index}`, config: { index }, tags: [`t${index % 10}`] },
  });
  const values = Object.fromEntries(Array.from({ length: METRICS }, (_, i) => [`m${i}`, 2 * index + i]));
  await must(server, 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }', {
    input: { runId: started.startRun.run.id, writer: 'test', offset: 0, rows: [{ step: 0, values }] },
  });
}
