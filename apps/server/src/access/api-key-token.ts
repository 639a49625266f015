import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 12;
// No "-": clients of W&B take what stands before the first one for a prefix, and want 40 characters after it.
const SECRET_LETTERS = `${ID_LETTERS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const SECRET_LENGTH = 43;
const MADE_BY_US = /^summa_([0-9a-z]{12})_[A-Za-z0-9_-]{32,}$/;
const CHOSEN_BY_OPERATOR = /^[A-Za-z0-9_-]{40,200}$/;
const OPERATOR_ID_LENGTH = 16;

/** A key that was just made: `key` is shown to its owner once, only `id` and `hash` are kept. */
export interface ApiKeyToken {
  readonly id: string;
  readonly key: string;
  readonly hash: Buffer;
}

/** A new key `summa_<id>_<secret>` with 256 random bits of secret, in letters and digits. */
export function makeApiKeyToken(): ApiKeyToken {
  const id = randomLetters(ID_LETTERS, ID_LENGTH);
  const key = `summa_${id}_${randomLetters(SECRET_LETTERS, SECRET_LENGTH)}`;
  return { id, key, hash: hashApiKey(key) };
}

function randomLetters(letters: string, length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** The token of a key text, whoever made it, or null when the text cannot be a key. */
export function readApiKeyToken(key: string): ApiKeyToken | null {
  if (!CHOSEN_BY_OPERATOR.test(key)) return null;
  const hash = hashApiKey(key);
  const id = MADE_BY_US.exec(key)?.[1] ?? hash.toString('hex').slice(0, OPERATOR_ID_LENGTH);
  return { id, key, hash };
}

/** Whether two hashes are equal, in a time that does not tell how much of them is. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** SHA-256 of the whole key text: enough for a secret of 240 and more random bits. */
function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
