/** What an API key may be used for, as GraphQL names it. Stored in lower case. */
export const SCOPES = ['INGEST', 'READ', 'ADMIN'] as const;

/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** Whether a key with these scopes may do what needs `needed`; `ADMIN` holds the other two, `READ` and `INGEST` only themselves. */
export function grants(scopes: ReadonlySet<Scope>, needed: Scope): boolean {
  return scopes.has(needed) || scopes.has('ADMIN');
}

/** The scopes as they are stored, in their fixed order and without repeats. */
export function storedScopes(scopes: Iterable<Scope>): string[] {
  const given = new Set(scopes);
  return SCOPES.filter((scope) => given.has(scope)).map((scope) => scope.toLowerCase());
}

/** The scopes that a stored list names; an unknown word grants nothing. */
export function scopesFromStored(stored: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => stored.includes(scope.toLowerCase()));
}
