import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from './column.ts';
import { mergeColumns } from './merge-columns.ts';
import { type ChunkRange, planCompaction, rechunk } from './plan-compaction.ts';
import { sliceColumn } from './slice-column.ts';
import { columnFrom, pointsOf } from './testing/any-column.ts';

const SIZE = 4;
const FULL = [range(0, 3, 4), range(10, 13, 4), range(20, 23, 4)];

describe('planCompaction', () => {
  it('reads nothing when the last chunk is full and points only follow', () => {
    expect(plan(FULL, 24, 25)).toEqual([{ replaced: [], fromStep: 24, toStep: 25 }]);
  });

  it('fills the last chunk up when it is not full', () => {
    const last = range(30, 31, 2);
    expect(plan([...FULL, last], 40, 41, 42)).toEqual([{ replaced: [last], fromStep: 40, toStep: 42 }]);
  });

  it('replaces just the chunks that points fall into', () => {
    expect(plan(FULL, 1, 2, 22, 24)).toEqual([
      { replaced: [FULL[0]], fromStep: 1, toStep: 2 },
      { replaced: [FULL[2]], fromStep: 22, toStep: 22 },
      { replaced: [], fromStep: 24, toStep: 24 },
    ]);
  });

  it('puts points between chunks into a neighbour that has room, else into a chunk of their own', () => {
    const small = range(30, 30, 1);
    expect(plan([...FULL, small], 5, 6, 25, 30)).toEqual([
      { replaced: [], fromStep: 5, toStep: 6 },
      { replaced: [small], fromStep: 25, toStep: 30 },
    ]);
  });

  it('puts the first points of a metric into new chunks', () => {
    expect(plan([], 3, 9)).toEqual([{ replaced: [], fromStep: 3, toStep: 9 }]);
    expect(plan(FULL)).toEqual([]);
  });

  it('keeps chunks disjoint, ascending, within their size and complete, however points arrive', () => {
    const batches = fc.array(fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 12 }), { maxLength: 8 });
    const compacted = fc.property(batches, (arrivals) => {
      let chunks: Column[] = [];
      const expected = new Map<number, number>();
      for (const [value, steps] of arrivals.entries()) {
        for (const step of steps) expected.set(step, value);
        chunks = compact(chunks, columnFrom(steps.map((step) => [step, value])));
      }
      const points = chunks.flatMap(pointsOf);
      expect(points).toEqual([...expected].sort(([a], [b]) => a - b));
      expect(chunks.every(({ steps }) => steps.length >= 1 && steps.length <= SIZE)).toBe(true);
    });
    fc.assert(compacted, { numRuns: 1000 });
  });
});

describe('rechunk', () => {
  it('fills chunks up when points are appended', () => {
    expect(sizes(rechunk([run(0, 3)], [run(3, 7), run(10, 2)], SIZE))).toEqual([4, 4, 4]);
    expect(sizes(rechunk([], [run(0, 5)], SIZE))).toEqual([4, 1]);
  });

  it('halves a full chunk that a late point falls into', () => {
    expect(
      sizes(
        rechunk(
          [
            columnFrom([
              [0, 1],
              [2, 1],
              [4, 1],
              [6, 1],
            ]),
          ],
          [columnFrom([[3, 1]])],
          SIZE,
        ),
      ),
    ).toEqual([3, 2]);
  });

  it('keeps a chunk whole when its points are only replaced, by the last arrival', () => {
    const chunks = rechunk([run(0, 4)], [columnFrom([[2, 0.5]]), columnFrom([[2, 'x']])], SIZE);
    expect(chunks.map(pointsOf)).toEqual([
      [
        [0, 0],
        [1, 1],
        [2, 'x'],
        [3, 3],
      ],
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(rechunk([], [])).toEqual([]);
  });
});

function compact(chunks: readonly Column[], incoming: Column): Column[] {
  const ranged = chunks.map((column) => ({ ...rangeOf(column), column }));
  const parts = planCompaction(ranged, incoming.steps, SIZE);
  const replaced = new Set<Column>(parts.flatMap((part) => part.replaced.map(({ column }) => column)));
  const made = parts.flatMap((part) => {
    return rechunk(
      part.replaced.map(({ column }) => column),
      [sliceColumn(incoming, part)],
      SIZE,
    );
  });
  const kept = chunks.filter((column) => !replaced.has(column));
  return [...kept, ...made].sort((a, b) => (a.steps[0] ?? 0) - (b.steps[0] ?? 0));
}

function rangeOf({ steps }: Column): ChunkRange {
  return range(steps[0] ?? 0, steps.at(-1) ?? 0, steps.length);
}

function range(firstStep: number, lastStep: number, count: number): ChunkRange {
  return { firstStep, lastStep, count };
}

function plan(chunks: readonly ChunkRange[], ...steps: number[]) {
  return planCompaction(chunks, new Float64Array(steps), SIZE);
}

function run(from: number, count: number): Column {
  return mergeColumns([columnFrom(Array.from({ length: count }, (_, i) => [from + i, from + i]))]);
}

function sizes(chunks: readonly Column[]): number[] {
  return chunks.map(({ steps }) => steps.length);
}
