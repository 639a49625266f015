import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

const RUN = `query Run($name: String!) { run(entity: "admin", project: "vision", name: $name) {
  displayName state exitCode tags notes group jobType config metadata lastStep
  history { rowCount } historyKeys { key } files(first: 100) { nodes { path } }
  summary { document value: metric(key: "value") { count min max mean variance first last } maybe: metric(key: "maybe") { count nanCount min } }
} }`;

describe('a run of the W&B client', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  // biome-ignore lint/suspicious/noExplicitAny: the shape that RUN selects
  let run: any;
  let told: { readonly name: string; readonly values: readonly number[] };

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'everything.py');
    told = result.told as typeof told; // what the script writes
    run = (await must(server, RUN, { name: told.name })).run;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('ends well and prints neither an error nor a warning', () => {
    expect(complaints(result.output)).toEqual([]);
    expect(result.code).toBe(0);
  });

  it('is finished and has its settings', () => {
    expect(run).toMatchObject({
      displayName: 'first light',
      state: 'FINISHED',
      exitCode: 0,
      tags: ['a', 'b'],
      notes: 'some notes',
      group: 'ablation',
      jobType: 'train',
    });
  });

  it('keeps its config exactly', () => {
    expect(run.config).toEqual({ lr: 0.1, inf: 'Infinity', nested: { big: 2n ** 60n + 1n } });
  });

  it('has one row for each step, from the first to the last', () => {
    expect(run.history.rowCount).toBe(202);
    expect(run.lastStep).toBe(201);
  });

  it('has the statistics of all that was logged', () => {
    const { values } = told;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(run.summary.value).toMatchObject({
      count: 200,
      min: Math.min(...values),
      max: Math.max(...values),
      first: values[0],
      last: values.at(-1),
    });
    expect(run.summary.value.mean).toBeCloseTo(mean, 12);
    expect(run.summary.value.variance).toBeCloseTo(variance, 12);
    expect(run.summary.maybe).toEqual({ count: 200, nanCount: 67, min: 1.5 });
  });

  it('shows what its definitions say, last values, and what was written by hand', () => {
    const { document } = run.summary;
    expect(Object.keys(document.value)).toEqual(['min', 'max', 'mean', 'last', 'first']);
    expect(Object.keys(document['val/loss'])).toEqual(['min']);
    expect(document).toMatchObject({
      epoch: 19,
      nested: { a: 199, 'b.c': 199 },
      text: 't199',
      flag: false,
      big: 2n ** 60n + 199n,
      list: [1, 199],
      histogram: { _type: 'histogram' },
      page: { _type: 'html-file' },
      table: { _type: 'table-file', nrows: 2 },
      best_accuracy: 0.9,
      tensor: { _type: 'numpy.ndarray', size: 40, min: 0, max: 39, mean: 19.5, var: 133.25 },
    });
    expect(document).not.toHaveProperty('nothing');
  });

  it('has the files that the client sent, and its metadata', () => {
    const paths = run.files.nodes.map((file: { path: string }) => file.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'config.yaml',
        'output.log',
        'requirements.txt',
        'wandb-metadata.json',
        'wandb-summary.json',
      ]),
    );
    expect(paths.filter((path: string) => path.startsWith('media/'))).toHaveLength(2);
    expect(run.metadata).toMatchObject({ program: expect.stringContaining('everything.py') });
  });

  it('is refused without a valid key, and says so', async () => {
    const refused = await runScript(
      { ...server, apiKey: 'nobody-0123456789012345678901234567890123456789' },
      'refused.py',
    );
    expect(refused.told).toContain('this API key is not known here');
  });
});
