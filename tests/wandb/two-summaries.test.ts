import type { JsonObject } from '@summa/core/json/json-value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

/** The summary that the client reads, and the document of our own API. */
type Both = readonly [client: JsonObject, ours: JsonObject];

describe('a run of the W&B client that is changed through our own API', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  let told: Readonly<Record<'before' | 'live' | 'logged on' | 'finished' | 'late' | 'cleared', Both>>;
  let values: readonly number[];

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'two_summaries.py');
    if (!result.told) throw new Error(result.output);
    told = result.told as typeof told; // what the script writes
    values = (result.told as { values: number[] }).values;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const statistics = (count: number) => {
    const logged = values.slice(0, count);
    const mean = expect.closeTo(logged.reduce((sum, value) => sum + value, 0) / count, 12);
    return { min: Math.min(...logged), max: Math.max(...logged), mean };
  };
  const last = (count: number) => ({ loss: values[count - 1], acc: -(values[count - 1] ?? 0) });

  it('goes on without an error or a warning', () => {
    expect(complaints(result.output)).toEqual([]);
  });

  it('shows the same in both summaries before', () => {
    const shown = { best: 0.9, dropped: 'by the client', deep: { one: 1, two: 2 }, ...last(20) };
    expect(told.before).toEqual([shown, shown]);
  });

  it('shows in both what was set and deleted while it is live, and in ours what was defined', () => {
    const changed = { best: 0.95, deep: { one: 1 }, ours: { 'a.b': [1, 2] }, acc: 7 };
    expect(told.live).toEqual([
      { ...changed, loss: last(20).loss },
      { ...changed, loss: statistics(20) },
    ]);
  });

  it('shows what is logged and written afterwards in place of what was set, and keeps the rest', () => {
    const kept = { best: 0.97, deep: { one: 1 }, ours: { 'a.b': [1, 2] } };
    const expected = [
      { ...kept, ...last(40) },
      { ...kept, acc: last(40).acc, loss: statistics(40) },
    ];
    expect(told['logged on']).toEqual(expected);
    expect(told.finished).toEqual(expected);
  });

  it('shows in both what is set and deleted when it is finished, and in ours what is defined', () => {
    const changed = { best: 'set late', deep: { one: 1 }, late: 2 ** 53 - 1, loss: 0 };
    expect(told.late).toEqual([
      { ...changed, acc: last(40).acc },
      { ...changed, acc: { first: -(values[0] ?? 0), last: last(40).acc } },
    ]);
  });

  it('shows again what was logged when what was set is taken back', () => {
    const [client, ours] = told.cleared;
    expect([client.loss, ours.loss]).toEqual([last(40).loss, statistics(40)]);
  });
});
