import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { type DType, isDType } from './dtype.ts';
import { type Shape, shapeFault } from './shape.ts';
import type { Histogram } from './tensor-histogram.ts';
import type { Percentile, TensorStatistics } from './tensor-statistics.ts';

/** What a tensor is beside its statistics; `sha256` (64 hex digits) is that of the file that holds it whole. */
export interface TensorIdentity {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly sha256: string;
}

/**
 * What a summary or a row holds of a tensor: W&B's key names where it has them (`_type`, `size`, `min`, `max`, `mean`,
 * `var`, "10%", and for the histogram `values` and `bins`), ours for the rest.
 *
 * A statistic that does not exist is left out.
 */
export function toTensorDocument(statistics: TensorStatistics, { dtype, shape, sha256 }: TensorIdentity): JsonObject {
  const { size, nan, posInf, negInf, zeros, min, max, mean, variance, percentiles, histogram } = statistics;
  const document: Record<string, JsonValue | null> = {
    _type: 'tensor',
    dtype,
    shape,
    size,
    min,
    max,
    mean,
    var: variance,
  };
  for (const { percent, value } of percentiles) document[`${percent}%`] = value;
  Object.assign(document, { nan, posInf, negInf, zeros, histogram: histogramDocument(histogram), sha256 });
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null));
}

/** How a tensor document names its kind: ours, and the three that W&B's client writes. */
export type TensorType = 'tensor' | 'numpy.ndarray' | 'torch.Tensor' | 'tensorflow.Tensor';

/** What a tensor document says; null for what it does not say, as W&B's have no dtype, shape, counts and file. */
export interface TensorSummary {
  readonly type: TensorType;
  readonly dtype: DType | null;
  readonly shape: Shape | null;
  readonly size: number;
  readonly min: number | bigint | null;
  readonly max: number | bigint | null;
  readonly mean: number | null;
  readonly variance: number | null;
  /** Ascending by percent. */
  readonly percentiles: readonly Percentile[];
  readonly nan: number | null;
  readonly posInf: number | null;
  readonly negInf: number | null;
  readonly zeros: number | null;
  readonly histogram: Histogram | null;
  readonly sha256: string | null;
}

const TYPES: readonly TensorType[] = ['tensor', 'numpy.ndarray', 'torch.Tensor', 'tensorflow.Tensor'];

/**
 * Reads what `toTensorDocument`, or W&B's client, wrote into a summary; null for what is no tensor: another `_type`, or
 * no `size`. A part that is not of its type is null, so that whatever somebody put there can be shown.
 */
export function parseTensorDocument(value: JsonValue): TensorSummary | null {
  if (!isJsonObject(value)) return null;
  const type = TYPES.find((one) => one === value._type);
  const size = readCount(value.size);
  if (type === undefined || size === null) return null;
  return {
    type,
    dtype: isDType(value.dtype) ? value.dtype : null,
    shape: readShape(value.shape),
    size,
    min: readExtreme(value.min, value.dtype),
    max: readExtreme(value.max, value.dtype),
    mean: readNumber(value.mean),
    variance: readNumber(value.var),
    percentiles: readPercentiles(value),
    nan: readCount(value.nan),
    posInf: readCount(value.posInf),
    negInf: readCount(value.negInf),
    zeros: readCount(value.zeros),
    histogram: readHistogram(value.histogram),
    sha256: typeof value.sha256 === 'string' ? value.sha256 : null,
  };
}

function histogramDocument(histogram: Histogram | null): JsonObject | null {
  return histogram && { _type: 'histogram', values: histogram.counts, bins: histogram.edges };
}

/** The counts and edges of a `histogram` document, W&B's as well as ours; null when it is none. */
export function readHistogram(value: JsonValue | undefined): Histogram | null {
  if (!isJsonObject(value) || value._type !== 'histogram') return null;
  const [counts, edges] = [readNumbers(value.values), readNumbers(value.bins)];
  return counts && edges && edges.length === counts.length + 1 ? { counts, edges } : null;
}

function readPercentiles(document: JsonObject): Percentile[] {
  const percentiles = Object.entries(document).flatMap(([key, value]) => {
    const percent = /^\d{1,3}(\.\d{1,15})?%$/.test(key) ? Number(key.slice(0, -1)) : Number.NaN;
    const number = readNumber(value);
    return percent <= 100 && number !== null ? [{ percent, value: number }] : [];
  });
  return percentiles.sort((a, b) => a.percent - b.percent);
}

function readShape(value: JsonValue | undefined): Shape | null {
  const shape = readNumbers(value);
  return shape === null || shapeFault(shape) !== null ? null : shape;
}

/** Numbers of a list; a float64 beyond 2^53 is written without a fraction, and so comes back as a bigint. */
function readNumbers(value: JsonValue | undefined): readonly number[] | null {
  if (!Array.isArray(value)) return null;
  const numbers = value.flatMap((one) => readNumber(one) ?? []);
  return numbers.length === value.length ? numbers : null;
}

function readCount(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function readNumber(value: JsonValue | undefined): number | null {
  const exact = readExact(value);
  return exact === null ? null : Number(exact);
}

/** Digit by digit for 64-bit integers; of any other dtype a whole number beyond 2^53 is a float64 written without a fraction. */
function readExtreme(value: JsonValue | undefined, dtype: JsonValue | undefined): number | bigint | null {
  return dtype === 'int64' || dtype === 'uint64' || dtype === undefined ? readExact(value) : readNumber(value);
}

function readExact(value: JsonValue | undefined): number | bigint | null {
  return typeof value === 'number' || typeof value === 'bigint' ? value : null;
}
