import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runScript } from './python.ts';

const RUNS = 1_000;
const AT_ONCE = 8;
/** What a thousand runs may take in the client's hands; its own part of it is most. */
const MOST_SECONDS = 20;

interface Timed {
  readonly seconds: number;
  readonly count: number;
  readonly total: number;
}

describe('a list of 1,000 runs', () => {
  let server: SummaProcess;

  beforeAll(async () => {
    server = await startSumma();
    const indexes = Array.from({ length: RUNS }, (_, i) => i);
    const work = async () => {
      for (let index = indexes.pop(); index !== undefined; index = indexes.pop()) await makeRun(server, index);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('is read with all summaries and configs, lazily and not, by pages of any size', async () => {
    const { code, output, told } = await runScript(server, 'public_list.py', { args: ['admin/many'] });
    expect(code, output).toBe(0);
    const times = told as Readonly<Record<string, Timed>>; // what the script writes
    console.info(
      '1,000 runs:',
      Object.entries(times)
        .map(([what, { seconds }]) => `${what} ${seconds} s`)
        .join(', '),
    );
    // Each run has its index in the config and twice that in the summary.
    const sum = (3 * RUNS * (RUNS - 1)) / 2;
    expect(Object.values(times).map(({ count, total }) => [count, total])).toEqual([
      [RUNS, RUNS],
      [RUNS, sum],
      [RUNS, sum],
      [RUNS, sum],
    ]);
    for (const { seconds } of Object.values(times)) expect(seconds).toBeLessThan(MOST_SECONDS);
  });
});

async function makeRun(server: SummaProcess, index: number): Promise<void> {
  const started = await must(server, 'mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }', {
    input: { project: 'many', name: `run-${index}`, config: { index }, tags: [`t${index % 10}`] },
  });
  const values = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}`, 2 * index + i]));
  await must(server, 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }', {
    input: { runId: started.startRun.run.id, writer: 'test', offset: 0, rows: [{ step: 0, values }] },
  });
}
