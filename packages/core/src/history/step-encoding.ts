import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { corruptData } from './corrupt-data.ts';

/** How strictly ascending steps are stored: a start and a stride, or a start and gaps of 1, 2, 4 or 8 bytes each. */
export type StepEncoding = 0 | 1 | 2 | 4 | 8;
const REGULAR = 0;
const HEAD_BYTES = 1 + 8;

/** The smallest encoding for these steps; throws a RangeError unless they are whole, 0 to 2^53-1, and ascend strictly. */
export function chooseStepEncoding(steps: Float64Array): StepEncoding {
  const { length } = steps;
  const start = length === 0 ? 0 : at(steps, 0);
  const stride = length < 2 ? 1 : at(steps, 1) - start;
  if (!isStep(start)) throw new RangeError(`step ${start} is not a whole number from 0 to 2^53-1`);
  let isRegular = true;
  let widest = 0;
  for (let i = 1; i < length; i++) {
    const gap = at(steps, i) - at(steps, i - 1);
    if (!(gap > 0) || !isStep(at(steps, i))) throw new RangeError(`step ${steps[i]} follows ${steps[i - 1]}`);
    if (gap !== stride) isRegular = false;
    if (gap > widest) widest = gap;
  }
  if (isRegular) return REGULAR;
  if (widest <= 0xff) return 1;
  if (widest <= 0xffff) return 2;
  return widest <= 0xffff_ffff ? 4 : 8;
}

/** Bytes that `writeSteps` will write for `count` steps. */
export function stepsByteLength(encoding: StepEncoding, count: number): number {
  if (encoding === REGULAR) return HEAD_BYTES + 8;
  return HEAD_BYTES + encoding * Math.max(0, count - 1);
}

/** Writes the encoding and the steps; the reader must know how many. */
export function writeSteps(writer: ByteWriter, steps: Float64Array, encoding: StepEncoding): void {
  const start = steps[0] ?? 0;
  writer.u8(encoding);
  writer.f64(start);
  if (encoding === REGULAR) writer.f64(steps.length < 2 ? 1 : at(steps, 1) - start);
  else for (let i = 1; i < steps.length; i++) writeGap(writer, at(steps, i) - at(steps, i - 1), encoding);
}

/** Steps that lie equally far apart. */
export interface RegularSteps {
  readonly start: number;
  readonly stride: number;
}

/** Reads `count` steps that `writeSteps` wrote: whole numbers from 0 to 2^53-1 that ascend strictly, else CORRUPT_DATA. */
export function readSteps(reader: ByteReader, count: number): Float64Array {
  const steps = readStepsOrStride(reader, count);
  return 'stride' in steps ? listSteps(steps, count) : steps;
}

/** As `readSteps`, but steps that are stored as a start and a stride are not listed. */
export function readStepsOrStride(reader: ByteReader, count: number): Float64Array | RegularSteps {
  const encoding = reader.u8();
  const start = reader.f64();
  if (!isStep(start)) throw corruptData(`it starts at step ${start}`);
  if (encoding === REGULAR) return readStride(reader, start, count);
  if (encoding !== 1 && encoding !== 2 && encoding !== 4 && encoding !== 8) {
    throw corruptData(`steps have the unknown encoding ${encoding}`);
  }
  return readGaps(reader, { start, encoding, count });
}

function readStride(reader: ByteReader, start: number, count: number): RegularSteps {
  const stride = reader.f64();
  if (!isStep(stride) || stride === 0) throw corruptData(`the stride of its steps is ${stride}`);
  if (count > 0 && !isStep(start + stride * (count - 1))) throw corruptData('its steps run beyond 2^53-1');
  return { start, stride };
}

/** The first `count` of regular steps. */
export function listSteps({ start, stride }: RegularSteps, count: number): Float64Array {
  const steps = new Float64Array(count);
  for (let i = 0; i < count; i++) steps[i] = start + stride * i;
  return steps;
}

function readGaps(reader: ByteReader, gaps: { start: number; encoding: StepEncoding; count: number }): Float64Array {
  const { encoding, count } = gaps;
  let offset = reader.take(encoding * Math.max(0, count - 1));
  const steps = new Float64Array(count);
  let step = gaps.start;
  if (count > 0) steps[0] = step;
  for (let i = 1; i < count; i++, offset += encoding) {
    const gap = readGap(reader.view, offset, encoding);
    step += gap;
    if (!isStep(gap) || gap === 0 || !isStep(step)) throw corruptData(`step ${step} follows ${steps[i - 1]}`);
    steps[i] = step;
  }
  return steps;
}

function writeGap(writer: ByteWriter, gap: number, encoding: StepEncoding): void {
  const { view, offset } = writer;
  if (encoding === 1) view.setUint8(offset, gap);
  else if (encoding === 2) view.setUint16(offset, gap, true);
  else if (encoding === 4) view.setUint32(offset, gap, true);
  else view.setFloat64(offset, gap, true);
  writer.offset = offset + encoding;
}

function readGap(view: DataView, offset: number, encoding: StepEncoding): number {
  if (encoding === 1) return view.getUint8(offset);
  if (encoding === 2) return view.getUint16(offset, true);
  return encoding === 4 ? view.getUint32(offset, true) : view.getFloat64(offset, true);
}

function isStep(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function at(steps: Float64Array, i: number): number {
  return steps[i] as number; // callers stay within bounds
}
