import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunScript } from './testing/run-script.ts';

// Sums and means of these values are exact, so whole documents can be compared. The variance is the same only to the
// 1e-12 that `mergeStates` promises, and is held to it in its own tests.
const anyValue = fc.oneof(fc.integer({ min: -8, max: 8 }), fc.constantFrom(Number.NaN, Infinity, 'text', true, null));
const anyRow = fc.record({
  step: fc.nat(12),
  values: fc.dictionary(fc.constantFrom('a', 'b', 'a.b', '_c'), anyValue, { maxKeys: 3 }),
});
const anyRows = fc.array(anyRow, { maxLength: 20 });
const anyDefinition = fc.tuple(
  fc.constantFrom('a', 'b', '*', 'a*', 'a.b'),
  fc.constantFrom('', 'min', 'max,mean', 'none', 'first,last,count', 'median', 'sum'),
);
const anyDefinitions = fc.array(anyDefinition, { maxLength: 5 });

const defineAll = (run: RunScript, definitions: readonly [string, string][]) =>
  definitions.reduce((defined, [name, summary]) => defined.define(name, summary), run);

describe('a summary is a pure function of history, definitions and explicit values', () => {
  it('the same however the rows are cut into requests, and however often the run is resumed', () => {
    fc.assert(
      fc.property(anyRows, anyDefinitions, fc.integer({ min: 1, max: 7 }), (rows, definitions, size) => {
        const whole = defineAll(new RunScript(), definitions).logRows(rows);
        const cut = defineAll(new RunScript(), definitions);
        for (let at = 0; at < rows.length; at += size) cut.logRows(rows.slice(at, at + size)).resume();
        expect(cut.summary()).toEqual(whole.summary());
      }),
      { numRuns: 300 },
    );
  });

  it('the same whether definitions are given before, between or after the rows', () => {
    fc.assert(
      fc.property(anyRows, anyDefinitions, fc.nat(20), (rows, definitions, at) => {
        const before = defineAll(new RunScript(), definitions).logRows(rows.slice(0, at)).logRows(rows.slice(at));
        const between = defineAll(new RunScript().logRows(rows.slice(0, at)), definitions).logRows(rows.slice(at));
        const after = defineAll(new RunScript().logRows(rows.slice(0, at)).logRows(rows.slice(at)), definitions);
        expect(between.summary()).toEqual(before.summary());
        expect(after.summary()).toEqual(before.summary());
      }),
      { numRuns: 300 },
    );
  });

  it('what it was before, when everything written by hand is cleared', () => {
    const anyKey = fc.constantFrom('a', 'b', 'a\\.b', 'b.min', 'b.x', 'n', 'n.m', 'n.m.o');
    const anyEdit = fc.tuple(
      fc.constantFrom('set', 'delete', 'clear'),
      anyKey,
      fc.constantFrom(1, 'x', { min: 0 }, { x: { y: 2 } }, {}, null),
    );
    fc.assert(
      fc.property(anyRows, fc.array(anyEdit, { maxLength: 6 }), (rows, edits) => {
        const run = new RunScript().define('b', 'min,max').logRows(rows);
        run.log({ n: 1 }).log({ n: { m: 2, p: 3 } });
        const before = run.summary();
        for (const [edit, key, value] of edits) {
          if (edit === 'set') run.set(key, value);
          else if (edit === 'delete') run.delete(key);
          else run.clear(key);
        }
        expect(run.resume().summary()).toBeDefined();
        for (const key of ['a', 'b', 'a\\.b', 'n']) run.clear(key);
        expect(run.summary()).toEqual(before);
        expect(run.explicit.size).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('what somebody wrote last at a key, whatever was there', () => {
    const anyValueAt = fc.constantFrom(1, 'x', [1], { min: 0 }, { x: { y: 2 } }, {});
    fc.assert(
      fc.property(
        anyRows,
        fc.constantFrom('a', 'b', 'b.min', 'n.m'),
        anyValueAt,
        anyValueAt,
        (rows, key, first, value) => {
          const run = new RunScript().define('b', 'min,max').logRows(rows).set(key, first).set(key, value);
          expect(run.changes.at(-1)).toMatchObject({ key, to: value });
          run.summary();
          run.delete(key);
          expect(run.changes.at(-1)).toMatchObject({ key, cause: 'delete', from: value, to: undefined });
        },
      ),
      { numRuns: 300 },
    );
  });
});
