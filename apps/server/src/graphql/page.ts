import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';

/** The arguments of a connection, as they come. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Which items of a list are wanted: `size` of them next to `cursor`, or at the list's end when there is no cursor. */
export interface Page {
  readonly size: number;
  readonly cursor: string | null;
  /** Whether the items before the cursor are wanted, and the last ones of the list without a cursor. */
  readonly backward: boolean;
}

/** Reads the arguments of a connection. @throws ServerError PAGE_TOO_LARGE, INVALID_INPUT when they exclude each other */
export function readPage(args: PageArguments, largest: number = LIMITS.page): Page {
  const backward = args.last != null || (args.before != null && args.first == null);
  if (args.first != null && args.last != null) throw excluded('first', 'last');
  if (backward && args.after != null) throw excluded('after', args.last == null ? 'before' : 'last');
  if (!backward && args.before != null) throw excluded('first', 'before');
  const argument = backward ? 'last' : 'first';
  const size = args[argument] ?? Math.min(LIMITS.defaultPage, largest);
  if (size < 0)
    throw new ServerError('INVALID_INPUT', `${argument} is ${size}; give a number from 0 to ${largest}`, [argument]);
  if (size > largest) {
    throw new ServerError('PAGE_TOO_LARGE', `${argument} is ${size}, more than ${largest}; ask for smaller pages`, [
      argument,
    ]);
  }
  return { size, cursor: (backward ? args.before : args.after) ?? null, backward };
}

/** What a connection shows: a page of a list, and how to go on. */
export interface Connection<Item> {
  readonly edges: readonly Edge<Item>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** How many items the whole list has; asked only when it is selected. */
  readonly totalCount: () => number | Promise<number>;
}

/** One item of a page. */
export interface Edge<Item> {
  readonly node: Item;
  readonly cursor: string;
}

/**
 * A connection of the items next to the page's cursor, of which one more than `page.size` was fetched (nearest first), so
 * that it is known whether there are more.
 */
export function connectionOf<Item>(
  fetched: readonly Item[],
  page: Page,
  list: { readonly cursorOf: (item: Item) => string; readonly totalCount: () => number | Promise<number> },
): Connection<Item> {
  const nearest = fetched.slice(0, page.size);
  const items = page.backward ? nearest.reverse() : nearest;
  const hasMore = fetched.length > page.size;
  const hasBehind = page.cursor !== null;
  return {
    edges: items.map((node) => ({ node, cursor: list.cursorOf(node) })),
    hasNextPage: page.backward ? hasBehind : hasMore,
    hasPreviousPage: page.backward ? hasMore : hasBehind,
    totalCount: list.totalCount,
  };
}

function excluded(one: string, other: string): ServerError {
  return new ServerError(
    'INVALID_INPUT',
    `${one} and ${other} exclude each other: page forward with first and after, backward with last and before`,
    [one],
  );
}
