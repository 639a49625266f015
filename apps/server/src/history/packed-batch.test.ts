import { parseRows } from '@summa/core/history/parse-rows';
import type { RowBatch } from '@summa/core/history/row-batch';
import type { JsonValue } from '@summa/core/json/json-value';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buffersOf, packBatch, unpackBatch } from './packed-batch.ts';

const anyValue = fc.oneof(
  { weight: 5, arbitrary: fc.double() },
  fc.constantFrom<JsonValue>('text', true, [1, 2], 2n ** 60n, { _type: 'histogram' }, 'NaN', -0),
);
const anyRows = fc.array(
  fc.record({ step: fc.nat(), values: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd/e'), anyValue) }),
  { maxLength: 20 },
);

/** All that a batch says, in plain lists. */
function contentOf({ rowCount, steps, times, columns }: RowBatch) {
  const lists = [...columns].map(([key, { rows, numbers, others }]) => [key, [...rows], [...numbers], others]);
  return { rowCount, steps: [...steps], times: [...times], lists };
}

it('gives a batch back as it was packed, also after another thread has had it', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const batch = parseRows(rows);
      const packed = packBatch(batch);
      const received = structuredClone(packed, { transfer: buffersOf(packed) });
      expect(contentOf(unpackBatch(received))).toEqual(contentOf(batch));
    }),
  );
});
