import type { Pair } from '../metric/exact-sum.ts';
import { SummaError } from '../summa-error.ts';
import type { ValueBlock } from './value-block.ts';

/**
 * Finds the values at given ranks (0 is the smallest) of a tensor's finite values, exactly, in passes over all of them.
 *
 * In each pass every block is added; `endPass` follows. The ranks are needed at the end of the first pass, when it is
 * known how many finite values there are. As long as `isDone` is false afterwards, another pass is needed.
 */
export interface RankSelector {
  readonly isDone: boolean;
  add(block: ValueBlock): void;
  endPass(ranks: readonly number[]): void;
  /** The value at one of the ranks, as `high + low`, once `isDone`. */
  valueAt(rank: number): Pair;
}

/** The error for a source that did not give the same bytes in each pass. */
export function changedBetweenPasses(): SummaError {
  return new SummaError('CORRUPT_DATA', 'the tensor changed while it was read; read it again from its beginning');
}
