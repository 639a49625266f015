import { describe, expect, it } from 'vitest';
import { LineStore, lineWindow } from './line-store.ts';

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ number: from + i }));

describe('the lines that were read', () => {
  it('are asked for block by block', () => {
    const store = new LineStore();
    expect(store.missing({ from: 480, to: 520 }, 10_000)).toEqual([
      { from: 0, to: 499 },
      { from: 500, to: 999 },
    ]);
    store.add(lines(0, 499));
    expect(store.missing({ from: 480, to: 520 }, 10_000)).toEqual([{ from: 500, to: 999 }]);
    expect(store.get(17)).toEqual({ number: 17 });
    expect(store.get(600)).toBeUndefined();
  });

  it('grow by what is new at the end', () => {
    const store = new LineStore();
    store.add(lines(0, 9));
    expect(store.missing({ from: 0, to: 9 }, 10)).toEqual([]);
    expect(store.missing({ from: 0, to: 50 }, 12)).toEqual([{ from: 10, to: 11 }]);
  });

  it('of an empty console are none', () => {
    expect(new LineStore().missing({ from: 0, to: 50 }, 0)).toEqual([]);
  });

  it('are forgotten when others were looked at since, so that memory stays bounded', () => {
    const store = new LineStore();
    for (let block = 0; block < 100; block++) {
      store.add(lines(block * 500, block * 500 + 499));
      store.missing({ from: block * 500, to: block * 500 + 499 }, 50_000);
    }
    expect(store.get(0)).toBeUndefined();
    expect(store.get(49_999)).toEqual({ number: 49_999 });
  });
});

describe('the part that can be scrolled through', () => {
  it('is all of a console that is not huge', () => {
    expect(lineWindow(700_000, null)).toEqual({ from: 0, to: 699_999 });
    expect(lineWindow(0, null)).toEqual({ from: 0, to: -1 });
  });

  it('is the end of a huge one, or lies around the wanted line', () => {
    expect(lineWindow(2_000_000, null)).toEqual({ from: 1_200_000, to: 1_999_999 });
    expect(lineWindow(2_000_000, 1_900_000)).toEqual({ from: 1_200_000, to: 1_999_999 });
    expect(lineWindow(2_000_000, 5)).toEqual({ from: 0, to: 799_999 });
    expect(lineWindow(2_000_000, 1_000_000)).toEqual({ from: 600_000, to: 1_399_999 });
  });
});
