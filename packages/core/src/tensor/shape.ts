import { SummaError } from '../summa-error.ts';

/** The lengths of a tensor's axes, outermost first; `[]` is a single number. */
export type Shape = readonly number[];

/** How many axes a tensor may have. */
export const MAX_RANK = 32;

/** How many values the shape holds, 1 for `[]`; throws INVALID_TENSOR, at `path`, when it can be no tensor's shape. */
export function elementCount(shape: Shape, path: readonly (string | number)[] = []): number {
  const fault = shapeFault(shape);
  if (fault !== null) throw new SummaError('INVALID_TENSOR', `${fault}; give the length of each axis`, path);
  return shape.reduce((count, length) => count * length, 1);
}

/**
 * What is wrong with a shape, or null: more than 32 axes, a length that is not a whole number from 0 to 2^53-1, or
 * lengths other than 0 whose product is beyond 2^53-1.
 */
export function shapeFault(shape: Shape): string | null {
  if (shape.length > MAX_RANK) return `the shape has ${shape.length} axes, more than ${MAX_RANK}`;
  let count = 1;
  for (const [axis, length] of shape.entries()) {
    if (!(Number.isSafeInteger(length) && length >= 0)) return `axis ${axis} of the shape has the length ${length}`;
    if (length > 0) count *= length;
    // The product of two safe integers may round, but never down to a safe one.
    if (!Number.isSafeInteger(count)) return 'the shape holds more than 2^53-1 values';
  }
  return null;
}
