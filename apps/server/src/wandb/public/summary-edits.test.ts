import type { JsonObject } from '@summa/core/json/json-value';
import { describe, expect, it } from 'vitest';
import { summaryEdits } from './summary-edits.ts';

describe('what was changed by hand in a summary', () => {
  it.each<[what: string, shown: JsonObject, written: JsonObject, changed: JsonObject, removed: string[]]>([
    ['nothing', { a: 1, b: { c: NaN } }, { b: { c: NaN }, a: 1 }, {}, []],
    ['a value', { a: 1, b: 2 }, { a: 3, b: 2 }, { a: 3 }, []],
    ['a new key', { a: 1 }, { a: 1, 'x.y': { z: 2 } }, { 'x\\.y.z': 2 }, []],
    ['a key that is gone', { a: 1, b: { c: 1, d: 2 } }, { b: { d: 2 } }, {}, ['a', 'b.c']],
    ['a key that was null and stays so', { a: null }, { a: null }, {}, []],
    ['a value that became an object', { a: 1 }, { a: { b: 1 } }, { 'a.b': 1 }, ['a']],
    [
      'an object with a type',
      { t: { _type: 'x', min: 1 } },
      { t: { _type: 'x', min: 2 } },
      { t: { _type: 'x', min: 2 } },
      [],
    ],
    ['what the client writes by itself', { _step: 1, _wandb: { runtime: 2 } }, { _runtime: 3 }, {}, []],
    ['a whole number beyond 2^53', { a: 9007199254740993n }, { a: 9007199254740992n }, { a: 9007199254740992n }, []],
  ])('%s', (_what, shown, written, changed, removed) => {
    const edits = summaryEdits(shown, written);
    expect([Object.fromEntries(edits.changed), edits.removed, edits.emptied]).toEqual([changed, removed, []]);
  });

  it('a key that is null now', () => {
    expect(summaryEdits({ a: 1 }, { a: null })).toEqual({ changed: new Map(), removed: [], emptied: ['a'] });
  });
});
