import { createHash } from 'node:crypto';
import { ServerError } from '../server-error.ts';

/** What bytes must be. */
export interface ExpectedBytes {
  readonly size: number;
  /** Lower-case hex, or null when any bytes will do. */
  readonly sha256: string | null;
}

/**
 * The bytes of a source as they come, which end well only if they are exactly the expected ones; to be read once.
 *
 * @throws ServerError SIZE_MISMATCH as soon as there are too many or when the source ends early, HASH_MISMATCH at the end
 */
export class VerifiedBytes implements AsyncIterable<Buffer> {
  readonly #source: AsyncIterable<Buffer>;
  readonly #expected: ExpectedBytes;
  #sha256: string | undefined;

  constructor(source: AsyncIterable<Buffer>, expected: ExpectedBytes) {
    this.#source = source;
    this.#expected = expected;
  }

  /** Their SHA-256 in lower-case hex, known once they have all been read. */
  get sha256(): string {
    if (this.#sha256 === undefined) throw new Error('the bytes have not been read to their end');
    return this.#sha256;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let count = 0;
    for await (const chunk of this.#source) {
      count += chunk.length;
      if (count > this.#expected.size) throw sizeMismatch(`more than the ${this.#expected.size} bytes`);
      hash.update(chunk);
      yield chunk;
    }
    if (count < this.#expected.size) throw sizeMismatch(`${count} of the ${this.#expected.size} bytes`);
    const sha256 = hash.digest('hex');
    if (this.#expected.sha256 !== null && sha256 !== this.#expected.sha256)
      throw hashMismatch(sha256, this.#expected.sha256);
    this.#sha256 = sha256;
  }
}

/** The error for a number of bytes that is not the announced one; `arrived` says what arrived instead. */
export function sizeMismatch(arrived: string): ServerError {
  return new ServerError(
    'SIZE_MISMATCH',
    `${arrived} that were announced have arrived; nothing was kept, send all of them again`,
  );
}

function hashMismatch(sha256: string, expected: string): ServerError {
  return new ServerError(
    'HASH_MISMATCH',
    `the bytes have the SHA-256 ${sha256}, not ${expected} as announced; nothing was kept`,
  );
}
