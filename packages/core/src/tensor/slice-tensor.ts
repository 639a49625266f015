import { SummaError } from '../summa-error.ts';
import { itemSize, type ValueLayout } from './dtype.ts';
import { elementCount, type Shape } from './shape.ts';
import { readElement } from './tensor-element.ts';

/** How the values of a stored tensor lie in its bytes. */
export interface StoredTensor extends ValueLayout {
  readonly shape: Shape;
  /** Whether the first axis varies fastest. */
  readonly fortranOrder: boolean;
  /** Where the values begin; 0 unless given. */
  readonly dataOffset?: number;
}

/** Values from number `from` up to, not including, `to`, counted in C order whatever the order that they lie in. */
export interface ValueRange {
  readonly from: number;
  readonly to: number;
}

/** Reads the bytes from `start` up to, not including, `end`. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

/** Bytes that are read at once, and where in them, and in the slice, each value stands. */
export interface SliceWindow {
  readonly start: number;
  readonly end: number;
  readonly values: readonly { readonly at: number; readonly index: number }[];
}

/** How many values one slice may have. */
export const MAX_SLICE_VALUES = 10_000;

/** Values this near to one another are read at once, with what lies between them. */
const MAX_GAP = 4096;
const MAX_WINDOW = 1024 * 1024;

/**
 * The values of a range of a stored tensor: numbers, 0 and 1 for booleans, bigints beyond ±(2^53-1). What lies beyond
 * the tensor's end is left out.
 *
 * Reads at most 1 MiB at a time, and no more often than there are values. Throws TOO_MANY_VALUES for more than 10,000,
 * a RangeError for numbers that are no range, and CORRUPT_DATA when fewer bytes come than were asked for.
 */
export async function sliceTensor(
  tensor: StoredTensor,
  range: ValueRange,
  read: ReadBytes,
): Promise<(number | bigint)[]> {
  const slice: (number | bigint)[] = [];
  for (const window of sliceWindows(tensor, range)) {
    const bytes = await read(window.start, window.end);
    if (bytes.length !== window.end - window.start) {
      throw new SummaError('CORRUPT_DATA', `the tensor ends before byte ${window.end}; save it again`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const { at, index } of window.values) slice[index] = readElement(view, at, tensor);
  }
  return slice;
}

/** What to read for a range, in the order of the bytes; throws as `sliceTensor` does. */
export function sliceWindows(tensor: StoredTensor, range: ValueRange): SliceWindow[] {
  const size = itemSize(tensor.dtype);
  const dataOffset = tensor.dataOffset ?? 0;
  const places = placesOf(tensor, checkedRange(tensor, range)).map((place) => dataOffset + place * size);
  const order = Array.from(places.keys()).sort((a, b) => (places[a] as number) - (places[b] as number)); // both are keys
  const windows: { start: number; end: number; values: { at: number; index: number }[] }[] = [];
  for (const index of order) {
    const at = places[index] as number; // index is one of its keys
    const last = windows.at(-1);
    if (last === undefined || at - last.end > MAX_GAP || at + size - last.start > MAX_WINDOW) {
      windows.push({ start: at, end: at + size, values: [{ at: 0, index }] });
      continue;
    }
    last.end = at + size;
    last.values.push({ at: at - last.start, index });
  }
  return windows;
}

function checkedRange({ shape }: StoredTensor, { from, to }: ValueRange): ValueRange {
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to >= from)) {
    throw new RangeError(`no range of values: ${from} to ${to}`);
  }
  const end = Math.min(to, elementCount(shape));
  if (end - from > MAX_SLICE_VALUES) {
    const message = `a slice of ${end - from} values is more than ${MAX_SLICE_VALUES}; ask for fewer at once`;
    throw new SummaError('TOO_MANY_VALUES', message);
  }
  return { from, to: end };
}

/** Of each value in the range, how many values lie before it in the bytes. */
function placesOf({ shape, fortranOrder }: StoredTensor, { from, to }: ValueRange): number[] {
  const place = fortranOrder ? (index: number) => fortranPlace(shape, index) : (index: number) => index;
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => place(from + i));
}

function fortranPlace(shape: Shape, index: number): number {
  let rest = index;
  let place = 0;
  // In C order the last axis varies fastest, and in Fortran order it weighs most.
  let weight = shape.reduce((product, length) => product * length, 1);
  for (const length of shape.toReversed()) {
    weight /= length;
    place += (rest % length) * weight;
    rest = Math.floor(rest / length);
  }
  return place;
}
