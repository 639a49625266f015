import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runScript, type ScriptResult } from './python.ts';

const RUN = `query ($name: String!) { run(entity: "admin", project: "edits", name: $name) {
  displayName notes tags config
  summary { document metric(key: "loss") { count min } }
} }`;

describe('a run through wandb.Api()', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  // biome-ignore lint/suspicious/noExplicitAny: what the script tells
  let told: any;

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'public_edits.py');
    told = result.told;
    if (!told) throw new Error(result.output);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

  it('gives its history: sampled, by keys, and whole', () => {
    expect([told.last_step, told.history, told.histories]).toEqual([29, 30, 7]);
    expect(told.sampled).toEqual([0, 10, 19, 29]);
    expect(told.columns).toEqual(
      [0, 15, 29].map((step) => ({ _step: step, loss: 1 / (step + 1), 'n.p': step, 'a.b': step })),
    );
  });

  it('scans its history by pages, ranges and keys', () => {
    expect(told.scanned).toEqual(steps(0, 30));
    expect(told.row).toEqual({ loss: 1 / 3, n: { p: 2 }, 'a.b': 2, _step: 2 });
    expect(told.exact).toBe(true);
    expect(told.range).toEqual(steps(5, 13));
    expect(told.keys).toEqual(steps(0, 30).map((step) => ({ _step: step, 'n.p': step })));
  });

  it('has what was printed', () => {
    expect(told.logs).toEqual(steps(0, 12).map((line) => `line ${line}`));
    expect(told.tail).toEqual(['line 10', 'line 11']);
  });

  it('keeps tensors in the summary of a finished run, whole', () => {
    expect([told.tensor, told.deep, told.list, told.none]).toEqual([true, true, true, true]);
  });

  it('deletes and sets summary values, for the client and for our own API', async () => {
    expect(told.summary).toEqual(['a.b', 'big', 'by_hand', 'list', 'n', 'nest', 'nothing', 'odd', 'tensor']);
    expect(told.by_hand).toBe('é\u0000\u2028');
    const { run } = await must(server, RUN, { name: told.id });
    expect(Object.keys(run.summary.document)).not.toContain('best_accuracy');
    expect(Object.keys(run.summary.document)).not.toContain('loss');
    expect(run.summary.document.tensor).toMatchObject({ _type: 'numpy.ndarray', size: 1000 });
    expect(run.summary.metric).toEqual({ count: 30, min: 1 / 30 });
  });

  it('deletes for the client what our own API had set', async () => {
    const { run } = await must(
      server,
      'query ($name: String!) { run(entity: "admin", project: "edits", name: $name) { id } }',
      {
        name: told.id,
      },
    );
    const set = 'mutation ($input: UpdateSummaryInput!) { updateSummary(input: $input) { __typename } }';
    await must(server, set, { input: { runId: run.id, set: { ours: 1, kept: 2 } } });
    const seen = await runScript(server, 'public_delete.py', { args: [`admin/edits/${told.id}`, 'ours'] });
    expect(seen.told, seen.output).toEqual([['kept', 'ours'], ['kept']]);
  });

  it('changes config, tags, notes and name', async () => {
    expect(told.updated).toEqual([{ lr: 9, new: { a: [1, 2] } }, ['late'], 'looked at', 'renamed']);
    const { run } = await must(server, RUN, { name: told.id });
    expect(run).toMatchObject({
      displayName: 'renamed',
      notes: 'looked at',
      tags: ['late'],
      config: { lr: 9, new: { a: [1, 2] } },
    });
  });

  it('uploads, lists, downloads and deletes files', () => {
    expect(told.download).toBe('hi there');
    expect(told.json).toEqual(['wandb-metadata.json', 'wandb-summary.json']);
    expect(told.paged).toBe(7);
    expect(told.deleted).toBe(true);
  });

  it('makes, ends and deletes runs, and makes projects', () => {
    expect(told.states).toEqual(['running', 'failed']);
    expect(told.gone).toContain('Could not find run');
    expect(told.projects).toEqual(['edits', 'fresh']);
  });
});
