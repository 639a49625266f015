import type { Caller } from './caller.ts';

const REMEMBERED_FOR_MS = 10_000;
const MAX_REMEMBERED = 10_000;

/** A caller that was proved, and until when that may be believed. */
interface RememberedCaller {
  readonly caller: Caller;
  readonly until: number;
}

/** What proves a caller: the hash of a key's text, or a session that names the key's id. */
export type KeyProof = { readonly hash: Uint8Array } | { readonly sessionOf: string };

/**
 * Remembers for ten seconds whom a key belongs to, so that a busy writer does not cost a statement for each request.
 *
 * A key revoked in this process is forgotten at once; one revoked in another process works here for up to ten seconds more.
 */
export class ApiKeyCache {
  readonly #byProof = new Map<string, RememberedCaller>();

  /** The caller that this proves, if it was proved within the last ten seconds. */
  find(proof: KeyProof, now: Date): Caller | undefined {
    const found = this.#byProof.get(textOf(proof));
    return found && found.until > now.getTime() ? found.caller : undefined;
  }

  /** Believes that this proves the caller, until ten seconds have passed or the key itself ends. */
  remember(proof: KeyProof, caller: Caller, times: { now: Date; expiresAt: Date | null }): void {
    if (this.#byProof.size >= MAX_REMEMBERED) this.#byProof.clear();
    const until = Math.min(
      times.now.getTime() + REMEMBERED_FOR_MS,
      times.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    );
    this.#byProof.set(textOf(proof), { caller, until });
  }

  /** Believes nothing more of a key. */
  forget(apiKeyId: string): void {
    for (const [proof, remembered] of this.#byProof)
      if (remembered.caller.apiKeyId === apiKeyId) this.#byProof.delete(proof);
  }
}

function textOf(proof: KeyProof): string {
  return 'hash' in proof ? `hash ${Buffer.from(proof.hash).toString('base64')}` : `session ${proof.sessionOf}`;
}
