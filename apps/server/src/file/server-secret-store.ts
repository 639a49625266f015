import type { Queryable } from '../history/history-store.ts';

/** The secret of this name; `proposed` is stored and given back when there is none yet. All servers of a database get the same. */
export async function keepSecret(client: Queryable, name: string, proposed: Buffer): Promise<Buffer> {
  await client.query(
    `/* keepSecret */ INSERT INTO server_secret (name, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [name, proposed],
  );
  const found = await client.query<{ secret: Buffer }>(
    `/* keepSecret */ SELECT secret FROM server_secret WHERE name = $1`,
    [name],
  );
  const secret = found.rows[0]?.secret;
  if (!secret) throw new Error(`the secret ${name} was removed while it was being made`);
  return secret;
}
