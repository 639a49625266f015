import { parseRows } from '@summa/core/history/parse-rows';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '../database/in-transaction.ts';
import { compactRun } from '../history/compact-run.ts';
import { rewindHistory } from '../history/rewind-history.ts';
import type { RunRef } from '../services.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import { readWindows, type WindowSizes } from './read-windows.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

const KEYS = ['a', 'b.c', 'b.d'];

type Cell = number | string | boolean;
type ModelRow = { time: number; values: Partial<Record<string, Cell>> };
type Event =
  | {
      readonly kind: 'rows';
      readonly rows: readonly { step: number; timestamp: number; values: Record<string, Cell> }[];
    }
  | { readonly kind: 'compact' }
  | { readonly kind: 'rewind'; readonly step: number };

const aRow = fc.record({
  step: fc.integer({ min: 0, max: 60 }),
  timestamp: fc.integer({ min: 0, max: 1000 }),
  values: fc.dictionary(fc.constantFrom('a', 'c', 'd'), fc.oneof(fc.integer(), fc.constantFrom('x', true, 0.1)), {
    maxKeys: 3,
  }),
});
const anEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('rows' as const), rows: fc.array(aRow, { minLength: 1, maxLength: 15 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('compact' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewind' as const), step: fc.integer({ min: 0, max: 60 }) }) },
);
const someSizes: fc.Arbitrary<WindowSizes> = fc.record({
  blockRows: fc.integer({ min: 1, max: 30 }),
  cells: fc.integer({ min: 1, max: 60 }),
  bytes: fc.integer({ min: 1, max: 2_000 }),
});

/** What is logged under `a`, `c` and `d` stands at `a`, `b.c` and `b.d`. */
function nested({ a, c, d }: Record<string, Cell>): object {
  const below = { ...(c !== undefined && { c }), ...(d !== undefined && { d }) };
  return { ...(a !== undefined && { a }), ...(Object.keys(below).length > 0 && { b: below }) };
}

async function play(run: RunRef, events: readonly Event[]): Promise<Map<number, ModelRow>> {
  const model = new Map<number, ModelRow>();
  let offset = 0;
  for (const event of events) {
    if (event.kind === 'compact') await compactRun(test.services, run);
    if (event.kind === 'rewind') {
      await rewindHistory(test.services, run, { step: event.step });
      for (const step of [...model.keys()]) if (step > event.step) model.delete(step);
    }
    if (event.kind !== 'rows') continue;
    const rows = event.rows.map(({ values, ...row }) => ({ ...row, values: nested(values) }));
    await test.services.histories.append(run, { writer: 'w', offset, batch: parseRows(rows) });
    offset += rows.length;
    for (const { step, timestamp, values } of event.rows)
      model.set(step, { time: timestamp, values: { ...model.get(step)?.values, ...values } });
  }
  return model;
}

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly skipEmptyRows: boolean;
}

function expectedLines(model: ReadonlyMap<number, ModelRow>, { from, to, skipEmptyRows }: Asked): object[] {
  return [...model]
    .filter(([step, { values }]) => step >= from && step <= to && !(skipEmptyRows && Object.keys(values).length === 0))
    .sort(([a], [b]) => a - b)
    .map(([step, { time, values }]) => ({ _step: step, _timestamp: time, ...nested(values as Record<string, Cell>) }));
}

async function exportedLines(run: RunRef, { from, to, skipEmptyRows }: Asked, sizes: WindowSizes): Promise<object[]> {
  const ids = await test.services.keys.existing(run.projectId, 'summary', KEYS);
  const keys = [...ids.keys()];
  const encoder = ndjsonRows(keys);
  let text = '';
  await inTransaction(test.services.database.pool, 'snapshot', async (client) => {
    const ask = { keyIds: [...ids.values()], span: { from, to }, skipEmptyRows };
    for await (const window of readWindows(client, run, ask, sizes)) {
      expect(window.columns.length * window.steps.length).toBeLessThanOrEqual(Math.max(sizes.cells, keys.length));
      for (const bytes of encoder.encode(window)) text += bytes.toString();
    }
  });
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

it('has the rows of a model whatever was logged, merged and rewound, in windows of any size', async () => {
  const property = fc.asyncProperty(
    fc.array(anEvent, { minLength: 1, maxLength: 10 }),
    fc.record({ from: fc.nat(60), to: fc.nat(60), skipEmptyRows: fc.boolean() }),
    someSizes,
    async (events, asked, sizes) => {
      const run = await test.startRun();
      const model = await play(run, events);
      const everything = { from: 0, to: Number.MAX_SAFE_INTEGER, skipEmptyRows: asked.skipEmptyRows };
      for (const ask of [everything, asked])
        expect(await exportedLines(run, ask, sizes)).toEqual(expectedLines(model, ask));
    },
  );
  await fc.assert(property, { numRuns: 120 });
});
