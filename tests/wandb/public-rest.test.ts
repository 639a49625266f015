import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runScript } from './python.ts';

describe('what else wandb.Api() asks for', () => {
  let server: SummaProcess;
  // biome-ignore lint/suspicious/noExplicitAny: what the script tells
  let told: any;

  beforeAll(async () => {
    server = await startSumma();
    const result = await runScript(server, 'public_rest.py');
    told = result.told;
    if (!told) throw new Error(result.output);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('is what a run is, whether it was asked for alone, in a list, at once or piece by piece', () => {
    expect(told.identity).toEqual([
      'one',
      'one',
      'one',
      'admin',
      'rest',
      ['admin', 'rest', 'one'],
      'admin',
      'finished',
    ]);
    expect(told.empty).toEqual([null, null, null, null, '', [], null]);
    expect(told.counts).toEqual([10, 9, false]);
    expect(told.lazy).toEqual(['two', { lr: 0.1 }, 0.1, 9]);
    expect(told.eager).toEqual([0.1, 0.1]);
    expect(told.full).toEqual(['config', 'historyKeys', 'summaryMetrics', 'systemMetrics']);
    expect([told.short_path, told.from_path]).toEqual(['two', 'two']);
  });

  it('is its history on other axes, in frames, of several runs and of the system', () => {
    expect(told.by_time).toEqual([['_timestamp', 'other']]);
    expect(told.by_runtime).toBe(5);
    expect(told.frame).toEqual([
      ['_runtime', '_step', '_timestamp', 'loss', 'other'],
      [0, 1],
    ]);
    expect(told.few).toEqual([0, 9]);
    expect([told.system, told.system_frame, told.histories_system]).toEqual([[true], true, true]);
    expect(told.histories).toEqual(['one', 'two'].flatMap((run) => [1, 3, 5, 7, 9].map((other) => [run, other])));
    expect(told.histories_frame).toEqual(['one', 'two']);
    expect(told.beta).toBe(10);
  });

  it('is its files by name, and an empty one for a name that has none', () => {
    expect(told.files).toEqual([5, ['config.yaml']]);
    expect(told.file).toEqual(['application/yaml', true, 0]);
  });

  it('is nothing where there is nothing, said as the client expects it', () => {
    expect(told.projects_of_nobody).toEqual([]);
    expect(told.project).toEqual(['rest', 'admin']);
    expect(told.refused).toEqual([
      expect.stringContaining('Could not find run'),
      expect.stringContaining('Could not find project none'),
      expect.stringContaining('Project none not found'),
    ]);
  });

  it('is changed in its group, its job type and its description', () => {
    expect(told.updated).toEqual(['g', 'train', 'described', { lr: 0.1 }]);
  });
});
