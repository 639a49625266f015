import { readFile } from 'node:fs/promises';
import {
  BadInputError,
  ConflictError,
  createClient,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  type SummaClient,
  type TypedProject,
  untyped,
} from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIGITS_RUNS, digitsFile, digitsRows, expectedMetrics } from '../support/digits.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

/** As `summa codegen` writes it of the digits runs, cut short. */
interface Digits {
  config: { lr: number; optimizer: string; seed?: number };
  configValues: Digits['config'];
  row: { 'train/loss'?: number; 'val/acc'?: number; 'val/per_class'?: { '0'?: number } };
  metrics: { 'train/loss': number; 'val/acc': number; 'val/per_class.0': number };
  summary: Digits['metrics'] & { verdict?: string };
  definitions: Record<never, never>;
}

let server: SummaProcess;
let client: SummaClient;
let digits: TypedProject<Digits>;
beforeAll(async () => {
  server = await startSumma();
  client = createClient({ url: server.url, apiKey: server.apiKey });
  digits = client.project<Digits>('digits');
  for (const name of DIGITS_RUNS) {
    const config = JSON.parse(await readFile(digitsFile(`${name}.config.json`), 'utf8'));
    const run = await client.startRun({ project: 'digits', name, config });
    for (const { _step, _timestamp, ...values } of await digitsRows(name)) {
      run.log(values as Record<string, number>, { step: _step, timestamp: _timestamp });
    }
    if (name === 'adam-small') run.summary.set('verdict', 'good');
    await run.finish();
  }
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('the runs of a typed project', () => {
  it('have each value with the statistics that numpy computed', async () => {
    const orderBy = [{ field: 'NAME', direction: 'ASC' }] as const;
    const names: string[] = [];
    for await (const run of digits.runs({
      summary: ['val/acc', 'train/loss', 'verdict'],
      config: ['lr'],
      orderBy,
      pageSize: 4,
    })) {
      names.push(run.name);
      expect(run.summary.verdict?.value).toBe(run.name === 'adam-small' ? 'good' : undefined);
      const expected = await expectedMetrics(run.name);
      for (const key of ['val/acc', 'train/loss'] as const) {
        const { value, count, min, minStep, max, maxStep, mean, variance } = run.summary[key] ?? {};
        const numpy = expected.get(key);
        expect({ value, count, min, minStep, max, maxStep }).toEqual({
          value: Number(numpy?.last),
          count: numpy?.count,
          min: numpy?.min,
          minStep: numpy?.minStep,
          max: numpy?.max,
          maxStep: numpy?.maxStep,
        });
        expect(mean).toBeCloseTo(numpy?.mean ?? Number.NaN, 9);
        expect(variance).toBeCloseTo(numpy?.variance ?? Number.NaN, 6);
      }
    }
    expect(names).toEqual([...DIGITS_RUNS]);
  });

  it('are those that a filter lets through, with the config asked for', async () => {
    const filter = { config: { key: 'optimizer', eq: 'adam' } } as const;
    const found: unknown[] = [];
    for await (const { name, config } of digits.runs({
      filter,
      config: ['lr'],
      orderBy: [{ config: 'lr', direction: 'DESC' }],
    })) {
      found.push([name, config]);
    }
    expect(found).toEqual([
      ['adam-small', { lr: 0.003 }],
      ['adam-wide', { lr: 0.001 }],
    ]);
    expect(await digits.runCount(filter)).toBe(2);
  });

  it('are found by their name, with series and points', async () => {
    const run = await digits.run('sgd-slow', { summary: ['val/acc'] });
    const points = await run?.points('val/acc');
    expect(points?.values.length).toBe(run?.summary['val/acc']?.count);
    const [series] = (await run?.series(['val/acc'], { buckets: 1 })) ?? [];
    expect([...(series?.max ?? [])]).toEqual([run?.summary['val/acc']?.max]);
    expect(await digits.run('none')).toBeNull();
  });

  it('come with series, run after run', async () => {
    const orderBy = [{ field: 'NAME' }] as const;
    const counts: unknown[] = [];
    for await (const { run, series } of digits.series(['train/loss', 'val/acc'], { orderBy, buckets: 5 })) {
      counts.push([run.name, ...series.map(({ key, count }) => [key, count])]);
    }
    const expected = await Promise.all(
      DIGITS_RUNS.map(async (name) => {
        const rows = await digitsRows(name);
        return [name, ...['train/loss', 'val/acc'].map((key) => [key, rows.filter((row) => key in row).length])];
      }),
    );
    expect(counts).toEqual(expected);
  });

  it('take known metrics, and a new one through untyped', async () => {
    const project = client.project<Digits>('admin/started');
    const run = await project.startRun({ config: { lr: 0.1, optimizer: 'sgd' }, name: 'one' });
    run.log({ 'train/loss': 2, 'val/per_class': { '0': 0.5 } });
    untyped(run).log({ surprise: 1 });
    await run.finish();
    const stored = await project.run('one', {
      summary: ['val/per_class.0', 'train/loss', 'val/acc'],
      config: ['lr', 'seed'],
    });
    expect(stored?.config).toEqual({ lr: 0.1, seed: undefined });
    expect(stored?.summary['val/per_class.0']?.value).toBe(0.5);
    expect(stored?.summary['val/acc']).toBeUndefined();
    expect(await stored?.stored.summary.document(['surprise'])).toEqual({ surprise: 1 });
  });
});

describe('a table', () => {
  it('holds all runs with their values as columns, one request a page', async () => {
    let requests = 0;
    const counting = createClient({
      url: server.url,
      apiKey: server.apiKey,
      fetch: (url, init) => {
        requests += 1;
        return fetch(url, init);
      },
    });
    const table = await counting.table({
      entity: 'admin',
      project: 'digits',
      config: ['lr', 'optimizer', 'never'],
      summary: ['val/loss', 'verdict', { key: 'val/acc', statistic: 'MAX' }],
      orderBy: [{ field: 'NAME', direction: 'ASC' }],
      pageSize: 2,
    });
    expect(requests).toBe(3);
    expect([table.rowCount, table.runs.name]).toEqual([6, [...DIGITS_RUNS]]);
    expect(table.config.optimizer.values).toEqual(['adam', 'adam', 'sgd', 'sgd', 'sgd', 'sgd']);
    expect([...table.config.lr.numbers()]).toEqual([0.003, 0.001, 3_000_000, 0.002, 0.05, 0.1]);
    expect(table.config.never.values).toEqual(new Array(6).fill(null));
    const expected = await Promise.all([expectedMetrics('sgd-diverged'), expectedMetrics('sgd-slow')]);
    expect(table.summary['MAX(val/acc)'].values.slice(2, 4)).toEqual(
      expected.map((metrics) => metrics.get('val/acc')?.max),
    );
    expect(table.summary.verdict.values).toEqual(['good', null, null, null, null, null]);
    expect([...table.summary.verdict.numbers()]).toEqual(new Array(6).fill(Number.NaN));
    // The third run diverged: it has a value, which is NaN.
    expect(table.summary['val/loss'].values[2]).toBeNaN();
  });

  it('counts booleans as 1 and 0 among its numbers', async () => {
    const run = await client.startRun({ project: 'flags', config: { on: true, off: false } });
    await run.finish();
    const { config } = await client.table({ entity: 'admin', project: 'flags', config: ['on', 'off'] });
    expect([config.on.values, [...config.on.numbers()], [...config.off.numbers()]]).toEqual([[true], [1], [0]]);
  });

  it('refuses a column that is asked for twice, and says that there is no such project', async () => {
    const path = { entity: 'admin', project: 'digits' };
    const twice = client.table({ ...path, config: ['lr', 'lr'] });
    await expect(twice).rejects.toBeInstanceOf(BadInputError);
    await expect(twice).rejects.toMatchObject({ code: 'INVALID_OPTION' });
    await expect(client.table({ ...path, project: 'none' })).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.table({ ...path, config: [''] })).rejects.toMatchObject({ code: 'INVALID_KEY' });
  });
});

describe('a read', () => {
  it('ends with ABORTED once its signal is aborted, between pages and within a request', async () => {
    const abort = new AbortController();
    const names: string[] = [];
    const read = async () => {
      for await (const { name } of digits.runs({ pageSize: 2, signal: abort.signal })) {
        names.push(name);
        if (names.length === 3) abort.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(names).toHaveLength(3);
    const signal = AbortSignal.abort();
    await expect(digits.table({ signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(client.viewer({ signal })).rejects.toMatchObject({ code: 'ABORTED' });
    const run = await client.run('admin', 'digits', 'sgd-slow');
    await expect(run?.series(['val/acc'], { signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(run?.points('val/acc', {}, { signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(run?.rows({ signal }).next()).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('of many metrics of many runs fits what the server answers at once', async () => {
    interface Wide extends Omit<Digits, 'metrics' | 'summary'> {
      metrics: Record<`m${number}`, number>;
      summary: Record<`m${number}`, number>;
    }
    const keys = Array.from({ length: 120 }, (_, i) => `m${i}` as const);
    const log = async (i: number) => {
      const run = await client.startRun({ project: 'wide' });
      run.log(Object.fromEntries(keys.map((key) => [key, i])));
      await run.finish();
    };
    await Promise.all(Array.from({ length: 60 }, (_, i) => log(i)));
    const values: unknown[] = [];
    const orderBy = [{ summary: { key: 'm0' }, direction: 'DESC' }] as const;
    for await (const { summary } of client.project<Wide>('wide').runs({ summary: keys, orderBy })) {
      values.push(summary.m119?.max);
    }
    expect(values).toEqual(Array.from({ length: 60 }, (_, i) => 59 - i));
  });

  it('fails with the class of its family', async () => {
    const stranger = createClient({ url: server.url, apiKey: 'summa_no_such_key' });
    await expect(stranger.viewer()).rejects.toBeInstanceOf(ForbiddenError);
    const nobody = createClient({ url: 'http://127.0.0.1:1', apiKey: server.apiKey });
    await expect(nobody.viewer()).rejects.toBeInstanceOf(NetworkError);
    const taken = client.startRun({ project: 'digits', name: 'sgd-slow' });
    await expect(taken).rejects.toBeInstanceOf(ConflictError);
  });

  it('tells what one request may ask', async () => {
    const { limits, errorCodes } = await client.server();
    expect(limits.page).toBe(1_000);
    expect(errorCodes).toContain('RUN_NOT_FOUND');
  });
});
