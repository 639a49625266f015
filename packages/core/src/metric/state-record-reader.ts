import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeUtf8 } from '../json/utf8.ts';
import { meanOf } from './exact-sum.ts';
import { type Extreme, emptyState, type MetricState, type Sample } from './metric-state.ts';
import {
  ALL_FINITE,
  ALL_FLAGS,
  FIRST_IS_NUMBER,
  HAS_FINITE,
  HAS_HUGE_SUM,
  HAS_SAMPLES,
  LAST_IS_NUMBER,
} from './state-record.ts';

/** Reads one state's record, which must fill its range exactly; throws when it does not. */
export function readRecord(
  view: DataView,
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
): MetricState {
  const reader = new RecordReader(view, bytes, start);
  const state = reader.readState();
  if (reader.at !== end) throw new RangeError('the record does not fill its range');
  return state;
}

class RecordReader {
  at: number;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;

  constructor(view: DataView, bytes: Uint8Array, at: number) {
    this.#view = view;
    this.#bytes = bytes;
    this.at = at;
  }

  readState(): MetricState {
    const flags = this.#view.getUint16(this.at, true);
    this.at += 2;
    if ((flags & ~ALL_FLAGS) !== 0) throw new RangeError('the record has unknown flags');
    const count = this.#number();
    const counts = (flags & ALL_FINITE) !== 0 ? null : this.#readCounts();
    const finiteCount = counts ? counts.finiteCount : count;
    const finite = (flags & HAS_FINITE) !== 0 ? this.#readFinite(flags, finiteCount) : NO_FINITE;
    const samples = (flags & HAS_SAMPLES) !== 0 ? this.#readSamples(flags) : NO_SAMPLES;
    return {
      count,
      finiteCount,
      nanCount: counts ? counts.nanCount : 0,
      posInfCount: counts ? counts.posInfCount : 0,
      negInfCount: counts ? counts.negInfCount : 0,
      sum: finite.sum,
      sumError: finite.sumError,
      hugeSum: finite.hugeSum,
      hugeSumError: finite.hugeSumError,
      mean: finite.mean,
      m2: finite.m2,
      min: finite.min,
      max: finite.max,
      first: samples.first,
      last: samples.last,
    };
  }

  #readCounts(): Counts {
    const finiteCount = this.#number();
    const nanCount = this.#number();
    const posInfCount = this.#number();
    return { finiteCount, nanCount, posInfCount, negInfCount: this.#number() };
  }

  #readFinite(flags: number, finiteCount: number): Finite {
    const isHuge = (flags & HAS_HUGE_SUM) !== 0;
    const hugeSum = isHuge ? this.#number() : 0;
    const hugeSumError = isHuge ? this.#number() : 0;
    const sum = this.#number();
    const sumError = this.#number();
    const m2 = this.#number();
    const mean = meanOf({ finiteCount, sum, sumError, hugeSum, hugeSumError }).high;
    return { sum, sumError, hugeSum, hugeSumError, mean, m2, min: this.#readExtreme(), max: this.#readExtreme() };
  }

  #readExtreme(): Extreme {
    const value = this.#number();
    const step = this.#number();
    return { value, step, time: this.#number() };
  }

  #readSamples(flags: number): Samples {
    const first = this.#readExtreme();
    const last = this.#readExtreme();
    return {
      first: (flags & FIRST_IS_NUMBER) !== 0 ? first : this.#withText(first),
      last: (flags & LAST_IS_NUMBER) !== 0 ? last : this.#withText(last),
    };
  }

  #withText({ value: length, step, time }: Extreme): Sample {
    const text = this.#bytes.subarray(this.at, this.at + length);
    this.at += length;
    const value: JsonValue = parseJson(decodeUtf8(text));
    return { value, step, time };
  }

  #number(): number {
    const value = this.#view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }
}

type Counts = Pick<MetricState, 'finiteCount' | 'nanCount' | 'posInfCount' | 'negInfCount'>;
type Finite = Pick<MetricState, 'sum' | 'sumError' | 'hugeSum' | 'hugeSumError' | 'mean' | 'm2' | 'min' | 'max'>;
type Samples = Pick<MetricState, 'first' | 'last'>;

const NO_FINITE: Finite = emptyState;
const NO_SAMPLES: Samples = emptyState;
