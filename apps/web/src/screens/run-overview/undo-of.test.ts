import { describe, expect, it } from 'vitest';
import { undoOf } from './undo-of.ts';

const value = (key: string, of: unknown) => ({ key, deleted: false, value: of as never });
const mark = (key: string) => ({ key, deleted: true, value: null });

describe('undoOf', () => {
  it('clears what was set where nothing was', () => {
    expect(undoOf([], [value('a', 1)])).toEqual({ clear: ['a'] });
  });

  it('sets again what was there before another value', () => {
    expect(undoOf([value('a', 1), value('b', 2)], [value('a', 9), value('b', 2)])).toEqual({
      clear: ['a'],
      set: { a: 1 },
    });
  });

  it('brings back values that a larger one replaced, and marks', () => {
    expect(undoOf([value('a.x', 'NaN'), mark('a.y')], [value('a', 1)])).toEqual({
      clear: ['a'],
      delete: ['a.y'],
      set: { 'a.x': Number.NaN },
    });
  });

  it('sets again what was cleared', () => {
    expect(undoOf([value('a', [1, 2])], [])).toEqual({ set: { a: [1, 2] } });
  });

  it('is nothing when nothing changed', () => {
    expect(undoOf([value('a', 'NaN')], [value('a', 'NaN')])).toBeNull();
  });
});
