import type { Shape } from '@summa/core/tensor/shape';

/** A box of values: where it begins and how far it reaches along each axis. */
export interface Slab {
  readonly offset: readonly number[];
  readonly count: readonly number[];
}

/**
 * Boxes of at most `most` values that together are the values `from` up to, not including, `to` in C order; in that
 * order, and each box's own values in that order too.
 */
export function* slabsOfRange(
  shape: Shape,
  { from, to, most }: { from: number; to: number; most: number },
): Generator<Slab> {
  const strides = stridesOf(shape);
  for (let at = from; at < to; ) {
    const room = Math.min(most, to - at);
    // The outermost axis along which whole steps fit from here on.
    const axis = strides.findIndex((stride) => at % stride === 0 && stride <= room);
    const stride = strides[axis] ?? 1;
    const offset = strides.map((one, i) => Math.floor(at / one) % (shape[i] ?? 1));
    const steps = Math.min(Math.floor(room / stride), (shape[axis] ?? 1) - (offset[axis] ?? 0));
    yield { offset, count: shape.map((length, i) => (i < axis ? 1 : i === axis ? steps : length)) };
    at += steps * stride;
  }
}

/**
 * Boxes of at most `most` values that together are all values, each once, along the chunks that a dataset is stored in:
 * no chunk is unpacked more than once, unless it alone is larger than a box.
 */
export function* slabsOfChunks(shape: Shape, chunks: Shape, most: number): Generator<Slab> {
  const box = boxOfChunks(shape, chunks, most);
  if (shape.includes(0)) return;
  const offset = shape.map(() => 0);
  do
    yield* cut(
      { offset: [...offset], count: offset.map((at, i) => Math.min(box[i] ?? 1, (shape[i] ?? 1) - at)) },
      most,
    );
  while (advance(offset, box, shape));
}

/** As many chunks beside one another, the last axis first, as a box may hold; at least one. */
function boxOfChunks(shape: Shape, chunks: Shape, most: number): number[] {
  const box = chunks.map((length, i) => Math.max(1, Math.min(length, shape[i] ?? 1)));
  for (let axis = box.length - 1; axis >= 0; axis--) {
    const rest = box.reduce((product, length, i) => (i === axis ? product : product * length), 1);
    const step = box[axis] ?? 1;
    const steps = Math.max(1, Math.floor(most / (rest * step)));
    const length = shape[axis] ?? 1;
    box[axis] = Math.min(steps * step, length);
    if (box[axis] !== length) break;
  }
  return box;
}

/** Moves to the next box of a grid; false behind the last one. */
function advance(offset: number[], box: readonly number[], shape: Shape): boolean {
  for (let axis = offset.length - 1; axis >= 0; axis--) {
    offset[axis] = (offset[axis] ?? 0) + (box[axis] ?? 1);
    if ((offset[axis] ?? 0) < (shape[axis] ?? 0)) return true;
    offset[axis] = 0;
  }
  return false;
}

function* cut(slab: Slab, most: number): Generator<Slab> {
  const to = slab.count.reduce((product, length) => product * length, 1);
  for (const { offset, count } of slabsOfRange(slab.count, { from: 0, to, most })) {
    yield { offset: offset.map((at, i) => at + (slab.offset[i] ?? 0)), count };
  }
}

/** How many values lie between one step along each axis and the next, in C order. */
function stridesOf(shape: Shape): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
}
