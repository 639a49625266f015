import { hash, randomInt, timingSafeEqual } from 'node:crypto';

const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
// A key has 40 characters and no "-": clients of W&B take what stands before the first one for a prefix, and want 40 characters or
// more after it; the older ones exactly 40.
const ID_LENGTH = 11;
const SECRET_LETTERS = `${ID_LETTERS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
const SECRET_LENGTH = 22;
const MADE_BY_US = /^summa_([0-9a-z]{11})_[A-Za-z0-9]{22}$/;
/** Keys made before they had 40 characters. */
const MADE_LONGER = /^summa_([0-9a-z]{12})_[A-Za-z0-9_-]{32,}$/;
const CHOSEN_BY_OPERATOR = /^[A-Za-z0-9_-]{40,200}$/;
const OPERATOR_ID_LENGTH = 16;

/** A key that was just made: `key` is shown to its owner once, only `id` and `hash` are kept. */
export interface ApiKeyToken {
  readonly id: string;
  readonly key: string;
  readonly hash: Buffer;
}

/** A new key `summa_<id>_<secret>` of 40 characters, with 130 random bits of secret in letters and digits. */
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
  const hashed = hashApiKey(key);
  const id =
    (MADE_BY_US.exec(key) ?? MADE_LONGER.exec(key))?.[1] ?? hashed.toString('hex').slice(0, OPERATOR_ID_LENGTH);
  return { id, key, hash: hashed };
}

/** Whether two hashes are equal, in a time that does not tell how much of them is. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** SHA-256 of the whole key text: enough for a secret of 130 random bits, which nobody can try out. */
function hashApiKey(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
