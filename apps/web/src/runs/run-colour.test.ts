import { describe, expect, it } from 'vitest';
import { assignLooks, RUN_COLOURS, RUN_LOOKS, runLook } from './run-colour.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `run-${index}`);

describe('assignLooks', () => {
  it('gives the first twelve runs twelve solid colours', () => {
    const looks = [...assignLooks(new Map(), ids(12)).values()].map(runLook);
    expect(new Set(looks.map((each) => each.colour)).size).toBe(RUN_COLOURS);
    expect(looks.every((each) => each.dash.length === 0)).toBe(true);
  });

  it('gives the thirteenth run a dash pattern, and no look twice before all are given', () => {
    const looks = [...assignLooks(new Map(), ids(RUN_LOOKS)).values()];
    expect(runLook(looks[12] ?? 0).dash).toEqual([6, 3]);
    expect(new Set(looks).size).toBe(RUN_LOOKS);
    expect(assignLooks(new Map(), ids(RUN_LOOKS + 5)).size).toBe(RUN_LOOKS + 5);
  });

  it('keeps what is given, whatever comes later', () => {
    const first = assignLooks(new Map([['chosen', 5]]), ids(3));
    const later = assignLooks(first, [...ids(20).reverse(), 'chosen']);
    for (const [id, look] of first) expect(later.get(id)).toBe(look);
  });

  it('gives twelve runs twelve solid colours, however many were seen on other pages before', () => {
    const seen = assignLooks(
      new Map(),
      Array.from({ length: 500 }, (_, index) => `elsewhere-${index}`),
    );
    const looks = assignLooks(seen, ids(12));
    expect(new Set(ids(12).map((id) => runLook(looks.get(id) ?? 0).colour)).size).toBe(RUN_COLOURS);
  });

  it('gives a run on its own the same look on every page', () => {
    expect(assignLooks(new Map(), ['run-7']).get('run-7')).toBe(assignLooks(new Map(), ['run-7', 'x']).get('run-7'));
  });
});
