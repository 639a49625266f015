import { createHash } from 'node:crypto';

/**
 * Gives each SQL text a name under which Postgres keeps it prepared, for the first `limit` texts seen; later ones stay
 * unnamed (the empty name), so that many query shapes cannot fill the memory of every connection.
 */
export function nameStatements(limit: number): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= limit) return '';
    const name = `summa_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`;
    names.set(sql, name);
    return name;
  };
}
