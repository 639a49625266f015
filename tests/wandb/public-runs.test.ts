import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runScript, type ScriptResult } from './python.ts';

/** Which of the runs 0, 1 and 2 each filter finds, oldest first. */
const FILTERS: readonly [found: string, filter: object][] = [
  ['012', {}],
  ['012', { state: 'finished' }],
  ['', { state: 'crashed' }],
  ['1', { display_name: 'run-1' }],
  ['1', { displayName: { $eq: 'run-1' } }],
  ['02', { displayName: { $ne: 'run-1' } }],
  ['12', { display_name: { $regex: '^run-(1|2)$' } }],
  ['12', { 'config.lr': { $gt: 0.15 } }],
  ['12', { 'config.lr.value': { $gte: 0.2 } }],
  ['0', { 'config.lr': { $lt: 0.15 } }],
  ['012', { 'config.opt.name': 'adam' }],
  ['012', { 'config.opt.value.name': 'adam' }],
  ['12', { 'summary_metrics.best_accuracy': { $gte: 1.5 } }],
  ['0', { 'summary.best_accuracy': { $lte: 0.5 } }],
  ['12', { 'summary_metrics.acc.max': { $gt: 20 } }],
  ['1', { 'summary_metrics.a.b': 1 }],
  ['012', { 'summary_metrics.n.p': 19 }],
  ['1', { tags: 't1' }],
  ['02', { tags: { $in: ['t0', 't2'] } }],
  ['12', { tags: { $nin: ['t0'] } }],
  ['01', { $or: [{ tags: 't1' }, { 'config.lr': { $lte: 0.1 } }] }],
  ['2', { $and: [{ group: 'g' }, { tags: 't2' }] }],
  ['2', { $nor: [{ tags: 't0' }, { tags: 't1' }] }],
  ['0', { 'config.lr': { $not: { $gt: 0.15 } } }],
  ['012', { jobType: 'train', username: 'admin' }],
  ['012', { 'config.none': { $exists: false } }],
  ['012', { 'config.none': null }],
  ['', { 'config.none': { $exists: true } }],
  ['012', { created_at: { $gt: '2020-01-01' } }],
  ['', { createdAt: { $lt: '2020-01-01' } }],
  ['012', { heartbeatAt: { $gte: '2020-01-01' }, heartbeat_at: { $lt: '2200-01-01T00:00:00' } }],
  ['12', { displayName: { $regex: '(?i)^RUN-[1-9]+$' } }],
  ['0', { display_name: { $not: { $regex: '[12]$' } } }],
  ['12', { tags: { $regex: '^t[^0]' } }],
  ['012', { 'config.opt.name': { $regex: '^ad.m$' } }],
  ['02', { display_name: { $contains: 'run', $nin: ['run-1'] } }],
  ['1', { 'tags.t1': { $exists: true } }],
  ['02', { 'tags.t1': { $exists: false } }],
  ['012', { entity: 'admin', project: 'export' }],
  ['', { entity: { $ne: 'admin' } }],
  ['012', { duration: { $lt: 1000 } }],
  ['', { duration: { $gte: 1000 } }],
  ['012', { job_type: { $in: ['train', 'eval'] }, group: { $ne: 'h' } }],
  ['1', { 'summary_metrics.a\\.b': { $eq: 1 } }],
  ['012', { 'keys_info.keys.n.p': { $exists: true } }],
  ['012', { 'keys_info.keys.none': { $exists: false } }],
  ['012', { state: { $regex: '^fin' } }],
  ['', { $not: { state: 'finished' } }],
  ['02', { $nor: [{ 'config.lr': { $gt: 0.15, $lt: 0.25 } }] }],
  ['12', { tags: { $all: ['all'], $nin: ['t0'] } }],
];

/** The runs in each order. */
const ORDERS: readonly [found: string, order: string][] = [
  ['012', '+created_at'],
  ['210', '-created_at'],
  ['012', 'heartbeat_at'],
  ['012', '-summary_metrics.loss'],
  ['210', '+summary_metrics.loss'],
  ['210', '-summary_metrics.acc.max'],
  ['210', '-config.lr.value'],
  ['012', 'display_name'],
  ['210', '-displayName'],
  ['210', '-createdAt'],
  ['210', '-heartbeatAt'],
  ['012', '+config.lr'],
  ['210', '-summary_metrics.a.b'],
  ['210', '-summary_metrics.best_accuracy'],
  ['210', '-notes'],
];

describe('api.runs', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  // biome-ignore lint/suspicious/noExplicitAny: what the script tells
  let told: any;

  beforeAll(async () => {
    server = await startSumma();
    const args = [FILTERS.map(([, filter]) => filter), ORDERS.map(([, order]) => order)].map((list) =>
      JSON.stringify(list),
    );
    result = await runScript(server, 'public_runs.py', { args });
    told = result.told;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('gives every attribute of the export, and the row picked by name', () => {
    expect(result.code, result.output).toBe(0);
    expect(told.rows).toBe(3);
    const { id, created_at, system_metrics, metadata, history_keys, ...row } = told.picked;
    expect(row).toEqual({
      summary: { loss: 1 / 21, acc: { max: 40 }, n: { p: 19 }, 'a.b': 1, best_accuracy: 1.5 },
      config: { lr: 0.2, opt: { name: 'adam' }, big: 2n ** 60n + 1n },
      name: 'run-1',
      url: `${server.url}/wandb/admin/export/runs/${id}`,
      state: 'finished',
      tags: ['all', 't1'],
      project: 'export',
      entity: 'admin',
      user: 'admin',
      path: ['admin', 'export', id],
      notes: 'note 1',
      read_only: false,
      group: 'g',
      job_type: 'train',
    });
    expect(Date.now() - Date.parse(created_at)).toBeLessThan(600_000);
    expect(Object.keys(system_metrics).length).toBeGreaterThan(3);
    expect(metadata).toMatchObject({ program: expect.stringContaining('public_runs.py') });
    expect(history_keys).toMatchObject({
      lastStep: 19,
      keys: { 'n.p': { previousValue: 19 }, 'a.b': { previousValue: 1 } },
    });
  });

  it('counts runs and pages through them', () => {
    expect([told.length, told.filtered_length, told.paged]).toEqual([3, 1, ['0', '1', '2']]);
    expect(told.indexed).toEqual(['run-0', 'run-2', ['run-1', 'run-2']]);
  });

  it('finds what each filter means', () => {
    expect(told.filters).toEqual(FILTERS);
  });

  it('has each order', () => {
    expect(told.orders).toEqual(ORDERS);
  });

  it('says what is wrong with a filter that it does not support', () => {
    expect(told.refused).toEqual([
      expect.stringContaining('by "colour"'),
      expect.stringContaining('the pattern "a(" has a ( without its )'),
      expect.stringContaining('$where is not supported'),
    ]);
  });

  it('knows the viewer and his projects', () => {
    expect(told.projects).toEqual(['export']);
    expect(told.viewer).toEqual(['admin', ['admin'], ['SUMMA_API_KEY'], 'admin']);
  });
});
