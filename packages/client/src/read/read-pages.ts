import { clientError } from '../error-families.ts';

/** One page of a list; `after` is where the next one begins, null when this was the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly after: string | null;
}

/** What a caller may say of a question that takes one request or many. */
export interface ReadOptions {
  /** Aborting it rejects with code ABORTED, and gives up what is on its way. */
  readonly signal?: AbortSignal | undefined;
}

/** The `pageInfo` of a connection. */
interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** A connection's page, each node through `read`. */
export function toPage<Node, Item>(
  connection: { readonly nodes: readonly Node[]; readonly pageInfo: PageInfo },
  read: (node: Node) => Item,
): Page<Item> {
  const { hasNextPage, endCursor } = connection.pageInfo;
  return { items: connection.nodes.map(read), after: hasNextPage ? endCursor : null };
}

/**
 * All items of a list, page after page: while one page is being used the next is on its way, and never more than one.
 *
 * Nothing is asked for before the first item is; leaving the loop early aborts the page that is on its way. Once the
 * signal is aborted no further item comes: the loop throws ABORTED.
 */
export async function* readPages<Item>(
  load: (after: string | null, signal: AbortSignal) => Promise<Page<Item>>,
  { signal }: ReadOptions = {},
): AsyncGenerator<Item, void, undefined> {
  const left = new AbortController();
  const leave = () => left.abort();
  const loadAhead = (after: string | null) => {
    const page = load(after, left.signal);
    // Nobody may be waiting for it when it fails; whoever asks for its items still gets the error.
    page.catch(() => {});
    return page;
  };
  // Unlike `AbortSignal.any`, a listener that is taken away leaves nothing behind on a signal that outlives many reads.
  signal?.addEventListener('abort', leave);
  try {
    mayGoOn(signal);
    let next: Promise<Page<Item>> | null = loadAhead(null);
    while (next !== null) {
      const page: Page<Item> = await next;
      next = page.after === null ? null : loadAhead(page.after);
      for (const item of page.items) {
        mayGoOn(signal);
        yield item;
      }
    }
  } finally {
    signal?.removeEventListener('abort', leave);
    leave();
  }
}

function mayGoOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw clientError('ABORTED', 'The reading was aborted.', { cause: signal.reason });
}
