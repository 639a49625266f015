import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

const RUN = `query Run($name: String!) { run(entity: "admin", project: "faults", name: $name) { state lastStep
  history { rowCount rows(first: 100, keys: ["value"]) { nodes { values } } } historyKeys { key }
  summary { document metric(key: "value") { count min max mean variance first last } } } }`;

describe('a run of the W&B client that is taken back to a step', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  // biome-ignore lint/suspicious/noExplicitAny: what the script tells
  let told: any;

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'rewound.py');
    told = result.told;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const read = async (name: string) => (await must(server, RUN, { name })).run;
  const valuesOf = (run: { history: { rows: { nodes: { values: { value: number } }[] } } }) =>
    run.history.rows.nodes.map(({ values }) => values.value);

  it('ends well, and a run that is not there cannot be taken back', () => {
    expect(result.code, result.output).toBe(0);
    expect(told.missing).toContain('there is no run admin/faults/nobody');
    expect(complaints(result.output).filter((line) => !line.includes('nobody'))).toEqual([]);
  });

  it("has the rows up to the step and those that were logged then, and numpy's statistics of them", async () => {
    const run = await read('back');
    expect(valuesOf(run)).toEqual(told.back);
    const { mean, variance, ...exact } = told.back_statistics;
    expect(run).toMatchObject({ state: 'FINISHED', lastStep: 44, history: { rowCount: 45 } });
    expect(run.summary.metric).toMatchObject(exact);
    expect(run.summary.metric.mean).toBeCloseTo(mean, 12);
    expect(run.summary.metric.variance).toBeCloseTo(variance, 12);
    expect(told.scanned).toEqual(told.back);
  });

  it('has nothing of what was logged or written only later', async () => {
    const run = await read('back');
    expect(run.historyKeys.map(({ key }: { key: string }) => key)).not.toContain('later');
    expect(run.summary.document).not.toHaveProperty('later');
    expect(run.summary.document).not.toHaveProperty('written');
    expect(told.summary).not.toHaveProperty('later');
    expect(told.summary).not.toHaveProperty('written');
  });

  it('can be forked: the new run begins with its rows, and it stays as it is', async () => {
    const run = await read('fork');
    expect(valuesOf(run)).toEqual(told.fork);
    const { mean, variance, ...exact } = told.fork_statistics;
    expect(run).toMatchObject({ state: 'FINISHED', lastStep: 39, history: { rowCount: 40 } });
    expect(run.summary.metric).toMatchObject(exact);
    expect(run.summary.metric.mean).toBeCloseTo(mean, 12);
    expect(run.summary.metric.variance).toBeCloseTo(variance, 12);
  });
});
