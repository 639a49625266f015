import { UsageError } from '../command-error.ts';
import type { Operands } from './command.ts';
import { didYouMean } from './did-you-mean.ts';

/** Throws `UsageError` when there are too few or too many operands, or the first is none of the words it may be. */
export function checkOperands({ usage, min, max, words }: Operands, given: readonly string[]): void {
  if (given.length < min) throw new UsageError(`${usage} is missing`);
  const extra = given[max];
  if (extra !== undefined) throw new UsageError(`${JSON.stringify(extra)} is one argument too many`);
  const [first] = given;
  if (words === undefined || first === undefined || words.includes(first)) return;
  throw new UsageError(`${JSON.stringify(first)} is none of ${words.join(', ')}${didYouMean(first, words)}`);
}
