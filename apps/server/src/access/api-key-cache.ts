import type { Caller } from './caller.ts';

const REMEMBERED_FOR_MS = 10_000;
const MAX_REMEMBERED = 10_000;

/** A caller that was proved, and until when that may be believed. */
interface RememberedCaller {
  readonly caller: Caller;
  readonly until: number;
}

/**
 * Remembers for ten seconds whom a key belongs to, so that a busy writer does not cost a statement for each request.
 *
 * A key revoked in this process is forgotten at once; one revoked in another process works here for up to ten seconds more.
 */
export class ApiKeyCache {
  readonly #byHash = new Map<string, RememberedCaller>();

  /** The caller whose key has this hash, if it was proved within the last ten seconds. */
  find(hash: Uint8Array, now: Date): Caller | undefined {
    const found = this.#byHash.get(textOf(hash));
    return found && found.until > now.getTime() ? found.caller : undefined;
  }

  /** Believes that the key with this hash is the caller's, until ten seconds have passed or the key itself ends. */
  remember(hash: Uint8Array, caller: Caller, times: { now: Date; expiresAt: Date | null }): void {
    if (this.#byHash.size >= MAX_REMEMBERED) this.#byHash.clear();
    const until = Math.min(
      times.now.getTime() + REMEMBERED_FOR_MS,
      times.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    );
    this.#byHash.set(textOf(hash), { caller, until });
  }

  /** Believes nothing more of a key. */
  forget(apiKeyId: string): void {
    for (const [hash, remembered] of this.#byHash)
      if (remembered.caller.apiKeyId === apiKeyId) this.#byHash.delete(hash);
  }
}

function textOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64');
}
