import DataLoader from 'dataloader';

/** Loads one thing at a time in the eyes of its caller, all things asked for at once in one statement in fact. */
export type BatchLoader<Key, Value> = Pick<DataLoader<Key, Value, string>, 'load' | 'prime' | 'clearAll'>;

/**
 * A loader whose `loadAll` gets every key asked for in the same moment, each once, and gives what it found by key name.
 *
 * A key that is not among the found ones loads as `otherwise`.
 */
export function batchLoader<Key, Found, Otherwise>(options: {
  readonly nameOf: (key: Key) => string;
  readonly loadAll: (keys: readonly Key[]) => Promise<ReadonlyMap<string, Found>>;
  readonly otherwise: Otherwise;
}): BatchLoader<Key, Found | Otherwise> {
  const loader = new DataLoader<Key, Found | Otherwise, string>(
    async (keys) => {
      const found = await options.loadAll(keys);
      return keys.map((key) => found.get(options.nameOf(key)) ?? options.otherwise);
    },
    { cacheKeyFn: options.nameOf },
  );
  return loader;
}

/** A loader of things that carry their own id. */
export function batchLoaderById<Found extends { readonly id: string }>(
  findAll: (ids: readonly string[]) => Promise<readonly Found[]>,
): BatchLoader<string, Found | null> {
  return batchLoader({
    nameOf: (id: string) => id,
    loadAll: async (ids) => new Map((await findAll(ids)).map((found) => [found.id, found])),
    otherwise: null,
  });
}
