import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import type { Walk } from './keyset.ts';

/** The paging arguments of a connection; null is not given. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/**
 * Which way a page is cut and how many items it may have: the default page forward when neither `first` nor `last` is given.
 *
 * @throws ServerError INVALID_INPUT when both are given or one is negative; PAGE_TOO_LARGE beyond the limit.
 */
export function pageOf({ first, last }: PageArguments): { walk: Walk; size: number } {
  if (first != null && last != null) {
    throw new ServerError('INVALID_INPUT', 'first and last are both given; use first with after, or last with before', [
      'last',
    ]);
  }
  if (last != null) return { walk: 'backward', size: checkSize(last, 'last') };
  return { walk: 'forward', size: checkSize(first ?? LIMITS.defaultPage, 'first') };
}

function checkSize(size: number, name: 'first' | 'last'): number {
  if (!Number.isInteger(size) || size < 0) {
    throw new ServerError('INVALID_INPUT', `${name}: ${size} is not a number of items; give 0 to ${LIMITS.page}`, [
      name,
    ]);
  }
  if (size <= LIMITS.page) return size;
  throw new ServerError('PAGE_TOO_LARGE', `${name}: ${size} items are more than ${LIMITS.page}; page with cursors`, [
    name,
  ]);
}
