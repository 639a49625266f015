import type { Connection, PoolClient, Submittable } from 'pg';

/** One row: its columns in Postgres' binary formats, null where they are NULL. The bytes are only valid until the call returns. */
export type BinaryRow = readonly (Buffer | null)[];

/**
 * Runs a SELECT and hands over its rows one by one, while later ones are still on their way.
 *
 * Unlike `query`, which gets every bytea as hexadecimal text, it carries bytes as they are: `COPY (…) TO STDOUT (FORMAT binary)`.
 * COPY takes no parameters: `select` must be safe as it stands. What `take` throws is thrown once the last row has arrived.
 */
export function copyRows(client: PoolClient, select: string, take: (row: BinaryRow) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(
      new CopyRows(select, take, (error) => {
        if (error === null) resolve();
        else reject(error);
      }),
    );
  });
}

/** "PGCOPY", a mark that shows damage, no flags, no extension. */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const END = -1;

/** A query as `pg` wants it: it calls these methods for the messages of the server. */
class CopyRows implements Submittable {
  /** The whole statement. */
  readonly text: string;
  readonly #take: (row: BinaryRow) => void;
  #isBegun = false;
  #failure: Error | null = null;
  /** Called once; `pg` puts its own around it when there is a time limit. */
  callback: (error: Error | null) => void;

  constructor(select: string, take: (row: BinaryRow) => void, callback: (error: Error | null) => void) {
    this.text = `COPY (${select}) TO STDOUT (FORMAT binary)`;
    this.#take = take;
    this.callback = callback;
  }

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  /** One message is one row, the first with the header before it. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#failure !== null) return;
    try {
      const row = readRow(chunk, this.#isBegun ? 0 : headerLength(chunk));
      this.#isBegun = true;
      if (row !== null) this.#take(row);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(this.#failure);
  }

  handleCommandComplete(): void {}
}

function headerLength(chunk: Buffer): number {
  if (!chunk.subarray(0, HEADER.length).equals(HEADER)) throw new Error('the database sends COPY in an unknown format');
  return HEADER.length;
}

/** The row that begins at `offset`; null at the end of all rows, or when the message was only the header. */
function readRow(chunk: Buffer, offset: number): BinaryRow | null {
  if (offset === chunk.length) return null;
  const count = chunk.readInt16BE(offset);
  if (count === END) return null;
  let at = offset + 2;
  return Array.from({ length: count }, () => {
    const length = chunk.readInt32BE(at);
    at += 4;
    if (length === END) return null;
    at += length;
    return chunk.subarray(at - length, at);
  });
}
