import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { SummaError } from '../summa-error.ts';
import { sampleState } from './fold-column.ts';
import { mergeStates } from './merge-states.ts';
import { emptyState, type MetricState } from './metric-state.ts';
import { decodeStates, encodeStates } from './metric-state-codec.ts';

const anyValue: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 4, arbitrary: fc.double() },
  fc.constantFrom<JsonValue>(1.7e308, -1.7e308, true, 2n ** 70n, '\ud800 text ä', [1, Number.NaN], { _type: 'é' }),
);
const anyState = fc
  .array(anyValue, { maxLength: 6 })
  .map((all) => all.map((value, i) => sampleState(value, i, 1.7e9 + i / 3)).reduce(mergeStates, emptyState));
const anyId = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyStates = fc.array(fc.tuple(anyId, anyState), { maxLength: 20 }).map((entries) => new Map(entries));
const sorted = (states: ReadonlyMap<number, MetricState>) => [...states].sort(([a], [b]) => a - b);

function expectCorrupt(decode: () => unknown): void {
  let caught: unknown;
  try {
    decode();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(SummaError);
  expect(caught).toMatchObject({ code: 'CORRUPT_DATA' });
}

describe('the codec of metric states', () => {
  it('gives back every state by ascending id', () => {
    fc.assert(
      fc.property(anyStates, (states) => {
        expect([...decodeStates(encodeStates(states))]).toEqual(sorted(states));
      }),
    );
  });

  it('writes the same bytes whatever the order of the map', () => {
    fc.assert(
      fc.property(anyStates, (states) => {
        expect(encodeStates(new Map([...states].reverse()))).toEqual(encodeStates(states));
      }),
    );
  });

  it('gives the wanted states that there are', () => {
    fc.assert(
      fc.property(anyStates, fc.array(anyId), (states, others) => {
        const wanted = [...[...states.keys()].filter((_, i) => i % 2 === 0), ...others];
        const expected = new Map([...states].filter(([id]) => wanted.includes(id)));
        expect(sorted(decodeStates(encodeStates(states), wanted))).toEqual(sorted(expected));
      }),
    );
  });

  it('does not read the states that are not wanted', () => {
    const bytes = encodeStates(new Map([1, 2].map((id) => [id, sampleState(id, 0, 0)])));
    bytes[bytes.length - 1] = 0xff ^ (bytes.at(-1) ?? 0);
    expect(decodeStates(bytes, [1]).get(1)).toEqual(sampleState(1, 0, 0));
    expectCorrupt(() => decodeStates(bytes, [2]));
  });

  it('notices every changed bit', () => {
    const states = new Map<number, MetricState>([
      [3, [sampleState('ä', 0, 1), sampleState(2.5, 4, 2), sampleState(Number.NaN, 5, 3)].reduce(mergeStates)],
      [900, sampleState(1e300, 7, 8)],
    ]);
    const bytes = encodeStates(states);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expectCorrupt(() => decodeStates(changed));
    }
  });

  it('notices bytes that are cut off or added', () => {
    const bytes = encodeStates(new Map([[1, sampleState('text', 2, 3)]]));
    for (let length = 0; length < bytes.length; length++) expectCorrupt(() => decodeStates(bytes.slice(0, length)));
    expectCorrupt(() => decodeStates(Uint8Array.of(...bytes, 0)));
  });

  it('refuses arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectCorrupt(() => decodeStates(bytes))));
  });

  it('reads bytes that stand inside a larger buffer', () => {
    const bytes = encodeStates(new Map([[1, sampleState('text', 2, 3)]]));
    const padded = new Uint8Array(bytes.length + 10);
    padded.set(bytes, 7);
    expect(decodeStates(padded.subarray(7, 7 + bytes.length)).get(1)).toEqual(sampleState('text', 2, 3));
  });
});
