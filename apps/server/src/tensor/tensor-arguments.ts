import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { checkCount } from '../text-input.ts';

/** The percents of one operation's argument, checked. @throws ServerError LIST_TOO_LONG, INVALID_RANGE */
export function checkPercents(percents: readonly number[], argument: string): readonly number[] {
  checkCount(percents, LIMITS.tensorPercentiles, [argument]);
  for (const percent of percents) {
    if (percent >= 0 && percent <= 100) continue;
    throw new ServerError('INVALID_RANGE', `${percent} is no percentage; give a number from 0 to 100`, [argument]);
  }
  return percents;
}

/** Which values of a tensor are wanted, as GraphQL has it. */
export interface ValueArguments {
  readonly offset?: number | null | undefined;
  readonly first?: number | null | undefined;
}

/** The first value wanted, and the one after the last. @throws ServerError INVALID_RANGE, PAGE_TOO_LARGE */
export function readValueRange({ offset, first }: ValueArguments): { readonly from: number; readonly to: number } {
  const [from, size] = [offset ?? 0, first ?? LIMITS.page];
  if (size < 0) throw new ServerError('INVALID_RANGE', `first is ${size}; give a number from 0 on`, ['first']);
  if (size > LIMITS.tensorValues) {
    const message = `first is ${size}, more than ${LIMITS.tensorValues}; ask for fewer values, or download the file`;
    throw new ServerError('PAGE_TOO_LARGE', message, ['first']);
  }
  return { from, to: Math.min(from + size, Number.MAX_SAFE_INTEGER) };
}
