import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Slab, slabsOfChunks, slabsOfRange } from './slabs.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 });
const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

/** The numbers, in C order, of the values in a box, in the box's own C order. */
function numbersOf({ offset, count }: Slab, shape: readonly number[]): number[] {
  return Array.from({ length: sizeOf(count) }, (_, i) => {
    let rest = i;
    let number = 0;
    let weight = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = count[axis] ?? 1;
      number += ((offset[axis] ?? 0) + (rest % length)) * weight;
      weight *= shape[axis] ?? 1;
      rest = Math.floor(rest / length);
    }
    return number;
  });
}

describe('slabsOfRange', () => {
  it('gives each value of the range once and in order, in boxes that are not too large', () => {
    fc.assert(
      fc.property(shapes, fc.nat(2500), fc.nat(2500), fc.integer({ min: 1, max: 50 }), (shape, a, b, most) => {
        const size = sizeOf(shape);
        const [from, to] = [Math.min(a % (size + 1), b % (size + 1)), Math.max(a % (size + 1), b % (size + 1))];
        const slabs = [...slabsOfRange(shape, { from, to, most })];
        expect(slabs.every(({ count }) => sizeOf(count) <= most)).toBe(true);
        const numbers = slabs.flatMap((slab) => numbersOf(slab, shape));
        expect(numbers).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
      }),
    );
  });

  it('takes whole rows at once where they fit', () => {
    expect([...slabsOfRange([10, 4], { from: 0, to: 40, most: 20 })]).toEqual([
      { offset: [0, 0], count: [5, 4] },
      { offset: [5, 0], count: [5, 4] },
    ]);
  });
});

describe('slabsOfChunks', () => {
  it('gives each value once, in boxes that are not too large', () => {
    const chunked = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        chunks: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 9 }))),
        most: fc.integer({ min: 1, max: 60 }),
      }),
    );
    fc.assert(
      fc.property(chunked, ({ shape, chunks, most }) => {
        const slabs = [...slabsOfChunks(shape, chunks, most)];
        expect(slabs.every(({ count }) => sizeOf(count) <= most)).toBe(true);
        const numbers = slabs.flatMap((slab) => numbersOf(slab, shape)).sort((a, b) => a - b);
        expect(numbers).toEqual(Array.from({ length: sizeOf(shape) }, (_, i) => i));
      }),
    );
  });

  it('reads as many whole chunks at once as fit', () => {
    expect([...slabsOfChunks([8, 12], [4, 3], 24)]).toEqual([
      { offset: [0, 0], count: [4, 6] },
      { offset: [0, 6], count: [4, 6] },
      { offset: [4, 0], count: [4, 6] },
      { offset: [4, 6], count: [4, 6] },
    ]);
  });

  it('gives nothing where an axis has no length', () => {
    expect([...slabsOfChunks([3, 0], [1, 1], 10)]).toEqual([]);
  });
});
