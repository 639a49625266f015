import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { sampleState } from '../metric/fold-column.ts';
import { parseDefinition } from '../metric/metric-definition.ts';
import { resolveDefinitions } from '../metric/resolve-definitions.ts';
import { NO_EXPLICIT_VALUES } from './explicit-entry.ts';
import { explicitFromJson, explicitToJson } from './explicit-json.ts';
import { deleteExplicit, MAX_EXPLICIT_VALUES, setExplicit, supersedeByLog } from './explicit-values.ts';
import { derivedMetrics, documentValue, neededQuantiles, summaryDocument } from './summary-document.ts';

const author = { revision: 1, by: 'ada', at: 1000 };
const statesOf = (values: Record<string, JsonValue>) =>
  Object.entries(values).map(([key, value], step) => [key, sampleState(value, step, 1000 + step)] as const);
const defining = (...inputs: object[]) => resolveDefinitions(inputs.map(parseDefinition));

const source = {
  states: statesOf({ 'val/loss': 1, 'a.b': 2, 'a.c': 3, 'a\\.b': 4, 'system/cpu': 5, _timestamp: 6, text: 'x' }),
  definitions: defining({ name: 'val/*', summary: 'min,max,p90,median' }, { name: 'text', summary: 'median' }),
  quantile: (key: string, p: number) => (key === 'val/loss' ? p : undefined),
};

describe('a part of the document', () => {
  it('holds only what stands at the wanted keys', () => {
    expect(summaryDocument({ ...source, keys: ['a.c', 'text', 'missing', 'system/cpu'] })).toEqual({
      a: { c: 3 },
      text: 'x',
    });
    expect(summaryDocument({ ...source, keys: ['a'] })).toEqual({ a: { b: 2, c: 3 } });
    expect(summaryDocument({ ...source, keys: ['val/loss.max', 'a\\.b'] })).toEqual({
      'val/loss': { max: 1 },
      'a.b': 4,
    });
    expect(summaryDocument({ ...source, keys: [] })).toEqual({});
  });

  it('is one value for one key', () => {
    expect(documentValue('val/loss', source)).toEqual({ min: 1, max: 1, median: 0.5, p90: 0.9 });
    expect(documentValue('val/loss.p90', source)).toBe(0.9);
    expect(documentValue('a.b', source)).toBe(2);
    expect(documentValue('a\\.b', source)).toBe(4);
    expect(documentValue('a.b.c', source)).toBeUndefined();
    expect(documentValue('constructor', source)).toBeUndefined();
  });

  it('needs only the states related to its keys', () => {
    const related = source.states.filter(([key]) => key.startsWith('a.'));
    expect(summaryDocument({ ...source, states: related, keys: ['a.b'] })).toEqual({ a: { b: 2 } });
  });
});

describe('the quantiles that a document needs', () => {
  it('are those that are asked for of metrics with finite values', () => {
    expect(neededQuantiles(source)).toEqual([{ key: 'val/loss', quantiles: [0.5, 0.9] }]);
    expect(neededQuantiles({ ...source, keys: ['a'] })).toEqual([]);
  });
});

describe('metrics that exclude each other', () => {
  const definitions = defining();
  const at = (key: string, step: number) => [key, sampleState(step, step, step)] as const;

  it('are shown by the later last value, whatever the order of the states', () => {
    const states = [at('a', 5), at('a.b', 3), at('a.c', 7), at('a.c.d', 2)];
    for (const given of [states, [...states].reverse()]) {
      expect(summaryDocument({ states: given, definitions })).toEqual({ a: { c: 7 } });
    }
  });

  it('do not count when they are left out', () => {
    const states = [at('a', 5), at('a.b', 3)];
    expect(summaryDocument({ states, definitions: defining({ name: 'a', summary: 'none' }) })).toEqual({ a: { b: 3 } });
  });
});

describe('explicit values', () => {
  const basis = (states = statesOf({})) => ({
    explicit: NO_EXPLICIT_VALUES,
    derived: derivedMetrics({ states, definitions: defining() }),
  });

  it('are refused with the key that is bad', () => {
    const set = (key: string, value: JsonValue) => () => setExplicit(basis(), { ...author, key, value });
    expect(set('', 1)).toThrow(expect.objectContaining({ code: 'INVALID_KEY' }));
    expect(set('a', { 'b\0': 1 })).toThrow(expect.objectContaining({ code: 'INVALID_KEY' }));
    expect(set('a', 'x'.repeat(1024 * 1024))).toThrow(expect.objectContaining({ code: 'INVALID_SUMMARY_VALUE' }));
    const many = Object.fromEntries(Array.from({ length: MAX_EXPLICIT_VALUES + 1 }, (_, i) => [`k${i}`, i]));
    expect(set('a', many)).toThrow(expect.objectContaining({ code: 'TOO_MANY_VALUES' }));
    const mega = 'x'.repeat(1024 * 1024 - 100);
    let explicit = NO_EXPLICIT_VALUES;
    for (let i = 0; i < 16; i++) {
      explicit = setExplicit({ explicit, derived: [] }, { ...author, key: `k${i}`, value: mega }).explicit;
    }
    expect(() => setExplicit({ explicit, derived: [] }, { ...author, key: 'more', value: mega })).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_VALUES', path: ['more'] }),
    );
  });

  it('leave the values before untouched', () => {
    const before = setExplicit(basis(), { ...author, key: 'a', value: 1 }).explicit;
    setExplicit({ explicit: before, derived: [] }, { ...author, key: 'a', value: 2 });
    deleteExplicit({ explicit: before, derived: [] }, { ...author, key: 'a' });
    supersedeByLog(before, new Set(['a']), author);
    expect([...before.values()]).toEqual([{ ...author, key: 'a', deleted: false, value: 1 }]);
  });

  it('stay the same map when a log does not touch them', () => {
    const before = setExplicit(basis(), { ...author, key: 'a.b', value: 1 }).explicit;
    expect(supersedeByLog(before, new Set(['a.c', 'ab', 'c']), author).explicit).toBe(before);
  });

  it('are written and read without loss', () => {
    const states = statesOf({ m: 1 });
    const { explicit: set } = setExplicit(basis(states), {
      ...author,
      key: 'a',
      value: { b: Number.NaN, c: {}, d: null },
    });
    const { explicit } = deleteExplicit({ ...basis(states), explicit: set }, { ...author, by: null, key: 'm' });
    expect(explicit.size).toBe(4);
    expect(explicitFromJson(explicitToJson(explicit))).toEqual(explicit);
  });

  it.each<[JsonValue]>([[5], [[1]], [[{ key: 'a' }]], [[{ key: 'a', revision: 1, at: 1, by: 7 }]]])(
    'are refused when they are stored as %j',
    (json) => {
      expect(() => explicitFromJson(json)).toThrow(expect.objectContaining({ code: 'CORRUPT_DATA' }));
    },
  );
});
