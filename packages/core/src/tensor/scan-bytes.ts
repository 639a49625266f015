import { type DType, itemSize } from './dtype.ts';
import { TensorScan } from './tensor-scan.ts';
import { SUMMARY_PERCENTILES, type TensorStatistics } from './tensor-statistics.ts';

/** The values of a tensor in memory, one after another; little-endian unless said otherwise. */
export interface TensorBytes {
  readonly dtype: DType;
  readonly bytes: Uint8Array;
  readonly littleEndian?: boolean;
}

/**
 * The statistics of a tensor in memory; see `TensorScan` for one that is not, and for what is thrown.
 *
 * Throws CORRUPT_DATA when the bytes end inside a value.
 */
export function tensorStatistics(
  { dtype, bytes, littleEndian = true }: TensorBytes,
  percentiles: readonly number[] = SUMMARY_PERCENTILES,
): TensorStatistics {
  const count = Math.floor(bytes.length / itemSize(dtype));
  const scan = new TensorScan({ dtype, littleEndian, count, percentiles });
  for (let pass = scan.nextPass(); pass !== null; pass = scan.nextPass()) {
    pass.push(bytes);
    pass.end();
  }
  return scan.statistics();
}
