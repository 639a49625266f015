import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runScript, type ScriptResult } from './python.ts';

const RUN = `{ run(entity: "admin", project: "beside", name: "beside") { state exitCode lastStep files(first: 100) { nodes { path } }
  summary { document metric(key: "value") { count max mean } } } }`;

describe('a run that uses what the door does not speak', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  let told: Record<string, string>;

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'beside.py');
    told = result.told as typeof told; // what the script writes
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('goes on and ends well, with all that it logged', async () => {
    expect(result.code, result.output).toBe(0);
    const { run } = await must(server, RUN);
    expect(run).toMatchObject({ state: 'FINISHED', exitCode: 0, lastStep: 5 });
    // The mean of 0 … 5.
    expect(run.summary.metric).toEqual({ count: 6, max: 5, mean: 2.5 });
  });

  it('keeps tables as files, whose artifacts are left out', async () => {
    const { run } = await must(server, RUN);
    const tables = run.files.nodes.filter(({ path }: { path: string }) => path.endsWith('.table.json'));
    expect(tables).toHaveLength(4);
    expect(run.summary.document.table).toMatchObject({ _type: 'table-file', nrows: 2, ncols: 2 });
  });

  it('goes on after what the client does in the background', () => {
    for (const name of ['log_artifact', 'upsert_artifact', 'log_code', 'log_model']) {
      expect({ name, told: told[name] }).toEqual({ name, told: 'went on' });
    }
  });

  it('says by name what it does not support, where the client waits for an answer', () => {
    for (const name of ['wait', 'use_artifact', 'use_model', 'link_model', 'artifact', 'sweep', 'sweeps', 'reports']) {
      expect({ name, told: told[name] }).toEqual({ name, told: expect.stringContaining('Summa does not support') });
    }
    for (const name of ['registries', 'automations', 'logged_artifacts']) {
      expect(told[name]).not.toBe('went on');
    }
  });
});
