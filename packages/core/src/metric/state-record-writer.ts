import { formatJson } from '../json/format-json.ts';
import { encodeUtf8 } from '../json/utf8.ts';
import type { Extreme, MetricState, Sample } from './metric-state.ts';
import { ALL_FINITE, FIRST_IS_NUMBER, HAS_FINITE, HAS_HUGE_SUM, HAS_SAMPLES, LAST_IS_NUMBER } from './state-record.ts';

/** Bytes of a record without texts: the flags, and at most 22 numbers. */
const LARGEST_FIXED = 2 + 22 * 8;

/** Writes records one behind the other into bytes that grow. */
export class RecordWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #at: number;

  /** `start` bytes are left free before the first record; `expectedRecords` is a guess. */
  constructor(start: number, expectedRecords: number) {
    this.#at = start;
    this.#bytes = new Uint8Array(start + expectedRecords * LARGEST_FIXED);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Writes one state's record and gives the position behind it. */
  write(state: MetricState): number {
    const firstText = textOf(state.first);
    const lastText = textOf(state.last);
    this.#reserve(LARGEST_FIXED + (firstText?.length ?? 0) + (lastText?.length ?? 0));
    this.#view.setUint16(this.#at, flagsOf(state), true);
    this.#at += 2;
    this.#writeCounts(state);
    if (state.finiteCount > 0) this.#writeFinite(state);
    if (state.first && state.last) {
      this.#writeSample(state.first, firstText);
      this.#writeSample(state.last, lastText);
      this.#writeText(firstText);
      this.#writeText(lastText);
    }
    return this.#at;
  }

  /** Everything written so far, the free bytes at the start included. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  #writeCounts(state: MetricState): void {
    this.#number(state.count);
    if (state.finiteCount === state.count) return;
    this.#number(state.finiteCount);
    this.#number(state.nanCount);
    this.#number(state.posInfCount);
    this.#number(state.negInfCount);
  }

  #writeFinite(state: MetricState): void {
    if (hasHugeSum(state)) {
      this.#number(state.hugeSum);
      this.#number(state.hugeSumError);
    }
    this.#number(state.sum);
    this.#number(state.sumError);
    this.#number(state.m2);
    this.#writeExtreme(state.min);
    this.#writeExtreme(state.max);
  }

  #writeExtreme(extreme: Extreme | null): void {
    this.#number(extreme?.value ?? Number.NaN);
    this.#number(extreme?.step ?? Number.NaN);
    this.#number(extreme?.time ?? Number.NaN);
  }

  #writeSample(sample: Sample, text: Uint8Array | null): void {
    this.#number(typeof sample.value === 'number' ? sample.value : (text?.length ?? 0));
    this.#number(sample.step);
    this.#number(sample.time);
  }

  #writeText(text: Uint8Array | null): void {
    if (!text) return;
    this.#bytes.set(text, this.#at);
    this.#at += text.length;
  }

  #number(value: number): void {
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(2 * (this.#at + bytes));
    grown.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

function flagsOf(state: MetricState): number {
  let flags = 0;
  if (state.finiteCount === state.count) flags |= ALL_FINITE;
  if (hasHugeSum(state)) flags |= HAS_HUGE_SUM;
  if (state.finiteCount > 0) flags |= HAS_FINITE;
  if (state.first && state.last) flags |= HAS_SAMPLES;
  if (typeof state.first?.value === 'number') flags |= FIRST_IS_NUMBER;
  if (typeof state.last?.value === 'number') flags |= LAST_IS_NUMBER;
  return flags;
}

function hasHugeSum(state: MetricState): boolean {
  return state.hugeSum !== 0 || state.hugeSumError !== 0;
}

function textOf(sample: Sample | null): Uint8Array | null {
  return sample && typeof sample.value !== 'number' ? encodeUtf8(formatJson(sample.value)) : null;
}
