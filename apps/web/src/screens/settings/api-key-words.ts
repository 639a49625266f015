import type { Scope } from '../../generated/graphql.ts';

/** The scopes in the order in which they are offered, with what each lets one do. */
export const SCOPES: readonly (readonly [scope: Scope, word: string, meaning: string])[] = [
  ['INGEST', 'ingest', 'Log runs and write to them'],
  ['READ', 'read', 'Look at runs, here and through the API'],
  ['ADMIN', 'admin', 'Everything: keys, members, projects, deleting'],
];

/** How long a key may be used for: days, or for ever. */
export const EXPIRIES = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', '1 year'],
  ['never', 'No end'],
] as const;

/** One of `EXPIRIES`. */
export type Expiry = (typeof EXPIRIES)[number][0];

const DAY_MS = 86_400_000;

/** When a key that is made now ends; null for never. */
export function expiryOf(expiry: Expiry, now: Date): string | null {
  return expiry === 'never' ? null : new Date(now.getTime() + Number(expiry) * DAY_MS).toISOString();
}

/** What can be told of a key's state. */
export interface KeyTimes {
  readonly revokedAt: string | null;
  readonly expiresAt: string | null;
}

/** Whether a key works: it does not when it was revoked or when its time is over. */
export function keyState({ revokedAt, expiresAt }: KeyTimes, now: Date): 'works' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'expired' : 'works';
}

/** The scopes of a key in words; `admin` holds the others. */
export function scopeWords(scopes: readonly Scope[]): string {
  if (scopes.includes('ADMIN')) return 'all';
  return SCOPES.filter(([scope]) => scopes.includes(scope))
    .map(([, word]) => word)
    .join(', ');
}
