import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript } from './python.ts';

const RUN = `query ($project: String!, $name: String!) { run(entity: "admin", project: $project, name: $name) {
  id state config lastStep
  summary { document loss: metric(key: "test_loss") { count first min max last } } } }`;

const BEST = `mutation ($runId: ID!) { defineMetric(input: { runId: $runId, name: "acc", summary: ["best"], goal: MAXIMIZE }) {
  run { summary { document(keys: ["acc"]) } } } }`;

const TENSOR = `query ($name: String!) { run(entity: "admin", project: "page", name: $name) { summary { value(key: "tensor") {
  ... on TensorValue { size min max mean variance file { path }
    tensor { dtype shape size min max mean variance nanCount values(first: 1000) } } } } } }`;

/** Everything that the client asks of a run in the export, in the order of its columns. */
const COLUMNS = `id name url state tags config created_at system_metrics summary project entity user path notes read_only
  history_keys metadata`;

describe('the scripts that show what a summary is for', () => {
  let server: SummaProcess;
  beforeAll(async () => {
    server = await startSumma();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** What a script tells; it must end well and complain of nothing. */
  // biome-ignore lint/suspicious/noExplicitAny: each script tells something else
  async function toldBy(script: string): Promise<any> {
    const { code, output, told } = await runScript(server, script);
    expect({ code, complaints: complaints(output) }, output).toEqual({ code: 0, complaints: [] });
    return told;
  }

  it('a training loop: its best accuracy stays in the summary while other values are logged', async () => {
    const told = await toldBy('page_training.py');
    const { run } = await must(server, RUN, { project: 'uncategorized', name: told.id });
    expect(run).toMatchObject({ state: 'FINISHED', config: told.config, lastStep: 12 });
    expect(run.summary.document).toMatchObject({
      best_accuracy: told.best,
      epoch: 13,
      test_loss: told.last_loss,
    });
    expect(run.summary.loss).toEqual({
      count: 12,
      first: told.losses[0],
      min: Math.min(...told.losses),
      max: Math.max(...told.losses),
      last: told.last_loss,
    });
  });

  it('a tensor in the summary of a finished run: its statistics, and all of its values', async () => {
    const told = await toldBy('page_tensor.py');
    const { percentiles, size, min, max, mean, variance } = told.numpy;
    expect({ whole: told.whole, loss: told.loss }).toEqual({ whole: true, loss: 0.5 });
    expect(told.shown).toMatchObject({ _type: 'numpy.ndarray', size, min, max });
    for (const [name, value] of Object.entries({ ...percentiles, mean, var: variance })) {
      expect(told.shown[name], name).toBeCloseTo(Number(value), 12);
    }
    const { run } = await must(server, TENSOR, { name: told.id });
    const { tensor, ...shown } = run.summary.value;
    expect(shown).toMatchObject({ size, min, max, file: { path: 'wandb.h5' } });
    expect(tensor).toMatchObject({ dtype: 'float64', shape: [1000], size, min, max, nanCount: 0 });
    for (const one of [shown, tensor]) {
      expect(one.mean).toBeCloseTo(mean, 12);
      expect(one.variance).toBeCloseTo(variance, 12);
    }
    expect(tensor.values).toEqual(told.values);
  });

  it('two definitions of one metric: both extremes, and nothing else, for the client and in our own API', async () => {
    const told = await toldBy('page_define.py');
    expect([told.best, told.objective, told['best alone']]).toEqual([
      expect.stringContaining("unexpected keyword argument 'goal'"),
      expect.stringContaining("unexpected keyword argument 'objective'"),
      expect.stringContaining('summary op: best'),
    ]);
    expect(told.seen).toEqual({ ...told.expected, best_accuracy: 0.25 });
    const { run } = await must(server, RUN, { project: 'uncategorized', name: told.id });
    const { loss, acc, best_accuracy, val_acc } = run.summary.document;
    expect({ loss, acc, best_accuracy, val_acc }).toEqual({ ...told.expected, best_accuracy: 0.25, val_acc: 0.5 });
    // The word that the client refuses, for the same run.
    const { defineMetric } = await must(server, BEST, { runId: run.id });
    expect(defineMetric.run.summary.document.acc).toEqual({ ...told.expected.acc, best: told.expected.acc.max });
  });

  it('an export of all runs into a DataFrame, and the rows of one name', async () => {
    const told = await toldBy('page_export.py');
    const columns = COLUMNS.split(/\s+/);
    expect(told).toEqual({
      shape: [3, columns.length],
      columns,
      missing: 0,
      names: ['once', 'twice', 'twice'],
      configs: [0, 1, 2],
      users: ['admin', 'admin', 'admin'],
      picked: {
        0: { loss: { min: 0 }, nested: { step: 4 }, best: { index: 0 } },
        1: { loss: { min: 2 }, nested: { step: 4 }, best: { index: 2 } },
      },
    });
  });
});
