import type { JsonObject } from '@summa/core/json/json-value';
import { tensorStatistics } from '@summa/core/tensor/scan-bytes';
import { BIN_COUNT } from '@summa/core/tensor/tensor-histogram';

/**
 * How numbers are spread, as a value to log or set: 64 bins of equal width from the smallest to the largest, as
 * `numpy.histogram` makes them, under the names of W&B: `values` are the counts, `bins` their 65 edges.
 *
 * NaN and ±Infinity are left out. Without any finite number all counts are 0, from 0 to 1.
 */
export function histogram(numbers: Iterable<number | bigint>): JsonObject {
  const values = Float64Array.from(numbers, Number);
  const bytes = new Uint8Array(values.buffer);
  const { histogram: found } = tensorStatistics({ dtype: 'float64', bytes, littleEndian: IS_LITTLE_ENDIAN }, []);
  const counts = found?.counts ?? new Array<number>(BIN_COUNT).fill(0);
  const edges = found?.edges ?? Array.from({ length: BIN_COUNT + 1 }, (_, i) => i / BIN_COUNT);
  return { _type: 'histogram', values: counts, bins: edges };
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
