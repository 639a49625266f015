import { createHash, randomBytes } from 'node:crypto';

const LASTS_MS = 10 * 60_000;
const MAX_LINKS = 100;

/** Remembers the links that sign in once, for ten minutes and in this process only. The text of a link is not kept. */
export class SignInLinks {
  readonly #clock: () => Date;
  readonly #links = new Map<string, { readonly apiKeyId: string; readonly until: number }>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** A new token that signs in with this key, once. Of more than a hundred, the oldest stop working. */
  make(apiKeyId: string): string {
    const token = randomBytes(32).toString('base64url');
    const oldest = this.#links.size >= MAX_LINKS ? this.#links.keys().next().value : undefined;
    if (oldest !== undefined) this.#links.delete(oldest);
    this.#links.set(hashOf(token), { apiKeyId, until: this.#clock().getTime() + LASTS_MS });
    return token;
  }

  /** The id of the key that a token signs in with, for the first who asks; undefined afterwards, and when it is too late. */
  take(token: string): string | undefined {
    const hash = hashOf(token);
    const link = this.#links.get(hash);
    this.#links.delete(hash);
    return link && link.until > this.#clock().getTime() ? link.apiKeyId : undefined;
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
