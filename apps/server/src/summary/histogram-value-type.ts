import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import type { Histogram } from '@summa/core/tensor/tensor-histogram';
import { readHistogram } from '@summa/core/tensor/tensor-value';
import { valueType } from './value-type.ts';

/** A histogram, with the object that says so. */
export interface HistogramDocument extends Histogram {
  readonly object: JsonObject;
}

/** The GraphQL type of a histogram in a summary. */
export const HistogramValue = valueType<HistogramDocument>(
  'HistogramValue',
  'A histogram that a summary shows: how many values lie between each edge and the next.',
  (t) => ({
    counts: t.field({
      type: ['Double'],
      description: 'How many values each bin has, or what share of them.',
      resolve: ({ value }) => [...value.counts],
    }),
    edges: t.field({
      type: ['Double'],
      description: 'The edges of the bins; there is one more of them than bins.',
      resolve: ({ value }) => [...value.edges],
    }),
    object: t.field({
      type: 'JSON',
      description: 'The histogram as it was logged.',
      resolve: ({ value }) => value.object,
    }),
  }),
);

/** Reads a histogram with its edges as `bins`, or packed as `packedBins: { min, size, count }`; null when it is none. */
export function parseHistogramDocument(object: JsonObject): HistogramDocument | null {
  const packed = unpackEdges(object.packedBins);
  const histogram = readHistogram(packed === null ? object : { ...object, bins: packed });
  return histogram && { ...histogram, object };
}

/** Most bins of a packed histogram: unpacking must not cost more than a value may have bytes. */
const MOST_BINS = 100_000;

function unpackEdges(packed: JsonValue | undefined): number[] | null {
  if (!isJsonObject(packed ?? null)) return null;
  const { min, size, count } = packed as JsonObject;
  if (typeof min !== 'number' || typeof size !== 'number' || typeof count !== 'number') return null;
  if (!(Number.isInteger(count) && count >= 0 && count <= MOST_BINS)) return null;
  return Array.from({ length: count + 1 }, (_, i) => min + i * size);
}
