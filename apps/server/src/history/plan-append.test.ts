import { parseRows } from '@summa/core/history/parse-rows';
import { sampleState } from '@summa/core/metric/fold-column';
import { NO_EXPLICIT_VALUES } from '@summa/core/summary/explicit-entry';
import { describe, expect, it } from 'vitest';
import { MAX_KEYS_PER_RUN, planAppend } from './plan-append.ts';
import type { RunHistory } from './run-history.ts';

function historyWith({ keys = 0, writers = {} }: { keys?: number; writers?: Record<string, number> } = {}): RunHistory {
  const state = sampleState(1, 0, 0);
  return {
    lifecycle: 'running',
    revision: 1,
    editRevision: 0,
    rowCount: 1,
    lastStep: 0,
    lastSeq: 1,
    states: new Map(Array.from({ length: keys }, (_, id) => [id + 1, state])),
    writers: new Map(Object.entries(writers)),
    explicit: NO_EXPLICIT_VALUES,
    unfoldedBytes: 0,
    tailSegments: 1,
    tailBytes: 100,
  };
}

const rows = (...values: object[]) => parseRows(values.map((each) => ({ values: each })));
const codes = (plan: ReturnType<typeof planAppend>) => plan.refusals.map((refusal) => refusal?.code ?? null);

describe('a group of requests', () => {
  it('takes up only what each writer has not sent before, in order of arrival', () => {
    const requests = [
      { writer: 'a', offset: 1, batch: rows({ x: 1 }, { x: 2 }) },
      { writer: 'b', offset: 0, batch: rows({ x: 3 }) },
      { writer: 'a', offset: 2, batch: rows({ x: 2 }, { x: 4 }) },
    ];
    const plan = planAppend(historyWith({ writers: { a: 2 } }), requests, () => true);
    expect(codes(plan)).toEqual([null, null, null]);
    expect(plan.batch?.columns.get('x')?.numbers).toEqual([2, 3, 4]);
    expect([...plan.writers]).toEqual([
      ['a', 4],
      ['b', 1],
    ]);
  });

  it('stores nothing when all of it was sent before', () => {
    const plan = planAppend(
      historyWith({ writers: { a: 5 } }),
      [{ writer: 'a', offset: 3, batch: rows({ x: 1 }, { x: 2 }) }],
      () => true,
    );
    expect(plan).toEqual({ batch: null, writers: new Map(), refusals: [null] });
  });

  it('refuses a request behind a gap, and only that one', () => {
    const requests = [
      { writer: 'a', offset: 7, batch: rows({ x: 1 }) },
      { writer: 'b', offset: 0, batch: rows({ x: 2 }) },
    ];
    const plan = planAppend(historyWith(), requests, () => true);
    expect(codes(plan)).toEqual(['OFFSET_GAP', null]);
    expect(plan.batch?.columns.get('x')?.numbers).toEqual([2]);
  });

  it('refuses the request that brings one metric too many, by name, and takes the others', () => {
    const history = historyWith({ keys: MAX_KEYS_PER_RUN - 1 });
    const requests = [
      { writer: 'a', offset: 0, batch: rows({ fits: 1 }) },
      { writer: 'b', offset: 0, batch: rows({ tooMany: 1 }) },
      { writer: 'c', offset: 0, batch: rows({ fits: 2, known: 3 }) },
    ];
    const plan = planAppend(history, requests, (key) => key === 'known');
    expect(codes(plan)).toEqual([null, 'TOO_MANY_KEYS', null]);
    expect(plan.refusals[1]?.message).toContain('"tooMany"');
    expect([...plan.writers.keys()]).toEqual(['a', 'c']);
  });
});
