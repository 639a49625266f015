import { describe, expect, it } from 'vitest';
import { planView, smoothLines } from './plan-view.ts';

const line = (x: number[], y: (number | null)[], more = {}) => ({
  id: 'a',
  label: 'a',
  colour: '',
  dash: [],
  x,
  y,
  ...more,
});
const LOOK = { xKind: 'step' as const, isLogX: false, isLogY: false, hasBand: true, clipsOutliers: false, range: null };

describe('planView', () => {
  it('shows all of the lines with 6 % of room above and below', () => {
    const { x, y } = planView([line([0, 10], [0, 100]), line([5, 30], [50, null])], LOOK);
    expect(x).toEqual({ from: 0, to: 30 });
    expect(y).toEqual({ from: -6, to: 106 });
  });

  it('makes room for the band only while it is drawn', () => {
    const lines = [line([0, 1], [0, 1], { min: [-99, 0], max: [1, 101] })];
    expect(planView(lines, LOOK).y).toEqual({ from: -111, to: 113 });
    expect(planView(lines, { ...LOOK, hasBand: false }).y).toEqual({ from: -0.06, to: 1.06 });
  });

  it('fits the values to the part of the x axis that is seen', () => {
    const { x, y } = planView([line([0, 5, 6, 20], [1000, 0, 100, -1000])], { ...LOOK, range: { from: 4, to: 7 } });
    expect(x).toEqual({ from: 4, to: 7 });
    expect(y).toEqual({ from: -6, to: 106 });
  });

  it('clips a spike when outliers are clipped, and counts it', () => {
    const values = Array.from({ length: 101 }, (_, at) => at);
    values[50] = 1e6;
    const lines = [
      line(
        values.map((_, at) => at),
        values,
      ),
    ];
    // Of 101 sorted values the 2nd and the 98th percentile are the third and the third from the end: 2 and 99.
    const { y, beyond } = planView(lines, { ...LOOK, clipsOutliers: true });
    expect(y.from).toBeCloseTo(2 - 97 * 0.06);
    expect(y.to).toBeCloseTo(99 + 97 * 0.06);
    expect(beyond).toBe(4);
    expect(planView(lines, LOOK).y.to).toBeGreaterThan(1e6);
  });

  it('counts what logarithmic scales cannot show', () => {
    const lines = [line([0, 1, 10], [1, 0, 100])];
    expect(planView(lines, { ...LOOK, isLogX: true, isLogY: true })).toMatchObject({
      unshowable: 2,
      x: { from: 1, to: 10 },
    });
    expect(planView(lines, LOOK).unshowable).toBe(0);
  });

  it('shows a minute around a single moment, not the years from 2020 to 2032', () => {
    const at = 1_795_672_680;
    expect(planView([line([at], [20])], { ...LOOK, xKind: 'time' }).x).toEqual({ from: at - 30, to: at + 30 });
    expect(planView([line([at, at + 5], [1, 2])], { ...LOOK, xKind: 'time' }).x).toEqual({ from: at, to: at + 5 });
    expect(planView([], { ...LOOK, xKind: 'time' }).x).toEqual({ from: 0, to: 1 });
  });

  it('has a range even for one point and for nothing positive', () => {
    expect(planView([line([3], [20])], LOOK)).toMatchObject({ x: { from: 2.5, to: 3.5 }, y: { from: 18 - 4 * 0.06 } });
    const { x, y } = planView([line([0], [-1])], { ...LOOK, isLogX: true, isLogY: true });
    for (const { from, to } of [x, y]) expect(from > 0 && to > from).toBe(true);
  });
});

it('keeps what was logged behind the smoothed line', () => {
  const [smoothed] = smoothLines([line([0, 1], [1, 3])], 0.5);
  expect(smoothed?.raw).toEqual([1, 3]);
  // Debiased: (0.5 * 0.5 * 1 + 0.5 * 3) / (1 - 0.25) = 7 / 3.
  expect(smoothed?.y[1]).toBeCloseTo(7 / 3);
  expect(smoothLines([line([0], [1])], 0)[0]).not.toHaveProperty('raw');
});
