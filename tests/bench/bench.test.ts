import { describe, expect, it } from 'vitest';
import { compare } from './harness/compare.ts';
import { formatTable } from './harness/print-table.ts';
import { spreadOf } from './harness/spread.ts';
import { exportRows } from './rows/export.ts';
import { historyLines } from './rows/history-lines.ts';
import { logRows } from './rows/log.ts';
import { manyClients } from './rows/many-clients.ts';
import { allPoints } from './rows/points.ts';
import { summaries } from './rows/summary.ts';

describe('a comparison', () => {
  /** Sides whose costs are given, round by round, the one that warms up first; and the order in which they were asked. */
  function given(costs: Readonly<Record<string, readonly number[]>>) {
    const asked: string[] = [];
    const sides = Object.fromEntries(
      Object.entries(costs).map(([side, all]) => [
        side,
        async (round: number) => {
          asked.push(`${side}${round}`);
          return { wallMs: all[round + 1] ?? Number.NaN };
        },
      ]),
    );
    return { asked, comparison: { name: 'n', work: 'a', baseline: 'b', goal: null, sides } };
  }
  const rounds = { rounds: 3, warmUp: 1 };

  it('asks its sides in turn and leaves out what warmed them up', async () => {
    const { asked, comparison } = given({ a: [90, 2, 4, 6], b: [1, 1, 1, 1] });
    const result = await compare(comparison, rounds);
    expect(asked).toEqual(['a-1', 'b-1', 'a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
    expect(result.sides.a?.wallMs).toEqual({ median: 4, least: 2, most: 6 });
  });

  it('takes each ratio within its round', async () => {
    // The second round was ten times as slow for both.
    const { comparison } = given({ a: [1, 3, 20, 4], b: [1, 2, 20, 2] });
    expect((await compare(comparison, rounds)).ratios.wallMs).toEqual({ median: 1.5, least: 1, most: 2 });
  });

  it('says whether the goal is reached by the median', async () => {
    const { comparison } = given({ a: [1, 2, 3, 9], b: [1, 2, 2, 2] });
    const reached = async (atMost: number) =>
      (await compare({ ...comparison, goal: { measures: ['wallMs'], atMost } }, rounds)).reached;
    expect([await reached(1.5), await reached(1.4)]).toEqual([true, false]);
    expect((await compare(comparison, rounds)).reached).toBeNull();
  });

  it('has a spread of whatever number of rounds, but not of none', () => {
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 });
    expect(() => spreadOf([])).toThrow('nothing was measured');
  });
});

/** The rows that need no other program than ours. */
const ROWS = [historyLines, exportRows, logRows, manyClients, summaries, allPoints];

it.each(ROWS.map((row) => [row.name, row] as const))('measures %s against a real server', async (_, row) => {
  const cases = await row.measure({ quick: true, say: () => {} });
  expect(cases.length).toBeGreaterThan(0);
  for (const { ratios, sides, work, baseline, reached } of cases) {
    expect(Object.keys(sides)).toEqual([work, baseline]);
    expect(ratios.wallMs?.median).toBeGreaterThan(0);
    expect(sides[work]?.serverCpuMs?.median).toBeGreaterThan(0);
    expect(sides[work]?.loopP99Ms?.median).toBeGreaterThanOrEqual(0);
    if (process.platform === 'linux') expect(sides[work]?.serverRssMiB?.median).toBeGreaterThan(50);
    expect(reached).not.toBeNull();
  }
  const table = formatTable(row, cases);
  for (const { name } of cases) expect(table).toContain(name);
});
