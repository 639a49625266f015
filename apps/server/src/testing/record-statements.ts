import type pg from 'pg';

/** The SQL statements that are sent over the connections of a pool while `work` runs, Prisma's among them, each by its comment or its beginning. */
export async function recordStatements(pool: pg.Pool, work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const watched = new Map<pg.PoolClient, pg.PoolClient['query']>();
  const watch = (client: pg.PoolClient) => {
    if (watched.has(client)) return;
    const query = client.query;
    watched.set(client, query);
    // The wrapped function has every overload of the original, which is called with the same arguments.
    client.query = function recorded(this: unknown, ...args: unknown[]) {
      statements.push(nameOf(args[0]));
      return Reflect.apply(query, client, args);
    } as typeof client.query;
  };
  pool.on('acquire', watch);
  try {
    await work();
  } finally {
    pool.off('acquire', watch);
    for (const [client, query] of watched) client.query = query;
  }
  return statements;
}

function nameOf(statement: unknown): string {
  const text = typeof statement === 'string' ? statement : String(Reflect.get(Object(statement), 'text'));
  return /\/\* (\w+) \*\//.exec(text)?.[1] ?? text.trim().slice(0, 60);
}
