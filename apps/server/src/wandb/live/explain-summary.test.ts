import { alignBatch, columnOf } from '@summa/core/history/align-batch';
import { parseRows } from '@summa/core/history/parse-rows';
import type { JsonValue } from '@summa/core/json/json-value';
import { foldColumn } from '@summa/core/metric/fold-column';
import { parseDefinition } from '@summa/core/metric/metric-definition';
import type { ExplicitEntry } from '@summa/core/summary/explicit-entry';
import { describe, expect, it } from 'vitest';
import { explicitChanges, isAheadOfRows, lingeringKeys, unexplainedValues } from './explain-summary.ts';
import { overlaySummary } from './overlay-summary.ts';

/** A run that logged these values, one row each, and has no definitions. */
function logged(...values: object[]) {
  const aligned = alignBatch(parseRows(values.map((row) => ({ values: row }))), { nextStep: 0, now: 0 });
  const states = [...aligned.columns.keys()].map((key) => {
    const { column, times } = columnOf(aligned, key);
    return [key, foldColumn(column, times)] as const;
  });
  return { states: new Map(states), definitions: [] };
}

function defined(...inputs: { name: string; summary?: string }[]) {
  return { definitions: inputs.map(parseDefinition) };
}

const media = { _type: 'image-file', path: 'a.png' };

describe('unexplainedValues', () => {
  it.each<[string, { [key: string]: JsonValue }, object[], [string, JsonValue][]]>([
    ['nothing of last values', { a: 2, s: 'x', l: [1, 2], _step: 1 }, [{ a: 1 }, { a: 2, s: 'x', l: [1, 2] }], []],
    ['a key that was never logged', { best: 0.9, a: 1 }, [{ a: 1 }], [['best', 0.9]]],
    ['a plain value that is not the last one logged', { a: 9, _step: 0 }, [{ a: 1 }], [['a', 9]]],
    ['nothing of a document that is behind the rows', { a: 1, _step: 0 }, [{ a: 1 }, { a: 2 }], []],
    ['nothing of a statistic of a document that is behind', { a: { min: 5 }, _step: 0 }, [{ a: 5 }, { a: 3 }], []],
    ['nothing of the statistics of a metric', { a: { min: 1, max: 3, mean: 2 } }, [{ a: 1 }, { a: 3 }], []],
    ['nothing of statistics that one NaN has spoilt', { a: { min: Number.NaN } }, [{ a: Number.NaN }, { a: 3 }], []],
    [
      'nothing of a mean that is only rounded otherwise',
      { a: { mean: 0.09999999999999999 } },
      Array.from({ length: 10 }, () => ({ a: 0.1 })),
      [],
    ],
    [
      'a word of statistics that somebody wrote below a metric',
      { a: { best: 9, max: 4 } },
      [{ a: 3 }],
      [
        ['a.best', 9],
        ['a.max', 4],
      ],
    ],
    ['what is below a metric and is no statistic', { a: { note: 'x' } }, [{ a: 1 }], [['a.note', 'x']]],
    ['a word of statistics below what was never logged', { t: { min: 1 } }, [{ a: 1 }], [['t.min', 1]]],
    ['nothing of nested values that were logged', { n: { a: 1, 'b.c': 2 } }, [{ n: { a: 1, 'b.c': 2 } }], []],
    [
      'leaves of a dict that was never logged',
      { best: { acc: 0.9, at: { epoch: 4 } } },
      [],
      [
        ['best.acc', 0.9],
        ['best.at.epoch', 4],
      ],
    ],
    ['an empty dict', { none: {} }, [], [['none', {}]]],
    [
      'a tensor as one value',
      { t: { _type: 'numpy.ndarray', min: 1 } },
      [],
      [['t', { _type: 'numpy.ndarray', min: 1 }]],
    ],
    [
      'nothing of media that was logged, whose fields the client mixes',
      { m: { ...media, caption: 'old' } },
      [{ m: media }],
      [],
    ],
    [
      'nothing of what the client writes by itself',
      { _step: 5, _runtime: 7, _timestamp: 1, _wandb: { runtime: 7 } },
      [],
      [],
    ],
    ['nothing of null', { a: null }, [], []],
    ['nothing of NaN that was logged', { a: Number.NaN }, [{ a: Number.NaN }], []],
    ['nothing of -0, which the client writes as 0', { a: 0 }, [{ a: -0 }], []],
    [
      'a whole number beyond 2^53 that differs in its last digit',
      { a: 1152921504606846977n },
      [{ a: 1152921504606846976n }],
      [['a', 1152921504606846977n]],
    ],
  ])('has %s', (_title, document, rows, expected) => {
    expect([...unexplainedValues(document, logged(...rows))]).toEqual(expected);
  });
});

describe('unexplainedValues of a metric with a definition', () => {
  const rows = logged({ a: 'x', n: 1 }, { a: 'y', n: 2 });

  it.each([
    [
      'nothing of the zero that the client invents for texts',
      { a: { min: 0, mean: 0 } },
      { name: 'a', summary: 'min,mean' },
      [],
    ],
    ['nothing of a statistic after a resume', { n: { min: 2 } }, { name: 'n', summary: 'min' }, []],
    ['nothing of what a glob asks for', { n: { first: 2 } }, { name: '*', summary: 'first' }, []],
    ['a statistic that is not asked for', { n: { max: 9 } }, { name: 'n', summary: 'min' }, [['n.max', 9]]],
    ['nothing of what the client showed until it was left out', { n: { max: 9 } }, { name: 'n', summary: 'none' }, []],
  ])('has %s', (_title, document, definition, expected) => {
    expect([...unexplainedValues(document, { ...rows, ...defined(definition) })]).toEqual(expected);
  });

  it('asks a glob too that an exact name masks', () => {
    const definitions = defined({ name: '*', summary: 'min' }, { name: 'n', summary: 'last' });
    expect(unexplainedValues({ n: { min: 2 } }, { ...rows, ...definitions }).size).toBe(0);
  });
});

describe('lingeringKeys', () => {
  const rows = logged({ a: 1, b: 1 }, { a: 2, b: 2 });
  const unexplained = new Map<string, JsonValue>([
    ['a', 1],
    ['b', 1],
    ['never', 1],
  ]);

  it('are the metrics that are left out, by name or by glob, and no others', () => {
    expect(lingeringKeys(unexplained, { ...rows, ...defined({ name: 'a', summary: 'none' }) })).toEqual(['a']);
    expect(lingeringKeys(unexplained, { ...rows, ...defined({ name: '*', summary: 'none' }) })).toEqual(['a', 'b']);
    expect(lingeringKeys(unexplained, { ...rows, ...defined({ name: '*', summary: 'min' }) })).toEqual([]);
  });
});

describe('isAheadOfRows', () => {
  it.each([
    [{ _step: 5 }, 4, true],
    [{ _step: 5 }, 5, false],
    [{ _step: 0 }, null, true],
    [{}, null, false],
  ])('of %j with %j as the last step is %j', (document, lastStep, expected) => {
    expect(isAheadOfRows(document, lastStep)).toBe(expected);
  });
});

describe('explicitChanges', () => {
  it('sets what is new or otherwise, and clears what is gone', () => {
    const before = new Map<string, JsonValue>([
      ['same', 1],
      ['other', 1],
      ['gone', 1],
    ]);
    const after = new Map<string, JsonValue>([
      ['same', 1],
      ['other', 2],
      ['new', 3],
    ]);
    expect(explicitChanges(before, after)).toEqual({
      set: new Map([
        ['other', 2],
        ['new', 3],
      ]),
      clear: ['gone'],
    });
  });
});

describe('overlaySummary', () => {
  const by = { revision: 1, by: null, at: 0 };
  type Entry = [string, ExplicitEntry];
  const value = (key: string, set: JsonValue): Entry => [key, { key, ...by, deleted: false, value: set }];
  const tombstone = (key: string): Entry => [key, { key, ...by, deleted: true }];

  it.each<[string, Entry[], { [key: string]: JsonValue }, object]>([
    ['a value set through our API', [value('best', 2)], {}, { a: { b: 1 }, best: 2 }],
    ['a value below a dict', [value('a.c', 2)], {}, { a: { b: 1, c: 2 } }],
    ['a value in the place of another', [value('a.b', 2)], {}, { a: { b: 2 } }],
    ['nothing of what the client wrote itself', [value('best', 2)], { best: 2 }, { a: { b: 1 } }],
    ['a value that was changed since the client wrote it', [value('best', 3)], { best: 2 }, { a: { b: 1 }, best: 3 }],
    ['what was deleted', [tombstone('a.b')], {}, { a: {} }],
    ['nothing of a deletion of what is not there', [tombstone('x.y')], {}, { a: { b: 1 } }],
    ['nothing of what the client wrote and somebody took away', [], { 'a.b': 1 }, { a: {} }],
    ['what the client wrote and our log would not have', [], { 'a.b': null }, { a: { b: 1 } }],
    ['what the client wrote and a log has ended', [], { 'a.b': 1, 'logged.b': 1 }, { a: {}, logged: { b: 1 } }],
  ])('shows %s', (_title, entries, explained, expected) => {
    const document = { a: { b: 1 }, ...('logged' in expected && { logged: { b: 1 } }) };
    const basis = { explicit: new Map(entries), explained, isLogged: (key: string) => key === 'logged' };
    expect(overlaySummary(document, basis)).toEqual(expected);
  });

  it('shows a document over which nothing lies as the same object', () => {
    const document = { a: 1, best: 2 };
    const basis = { explicit: new Map([value('best', 2)]), explained: { best: 2 }, isLogged: () => false };
    expect(overlaySummary(document, basis)).toBe(document);
  });
});
