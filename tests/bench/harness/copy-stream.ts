import type pg from 'pg';

/** Bytes and lines that came out of a statement. */
export interface Copied {
  readonly bytes: number;
  readonly rows: number;
}

/** Runs `COPY … TO STDOUT` in the text format and counts what comes; nothing else is done with it, and nothing is kept. */
export function copyOut(database: pg.Client, select: string): Promise<Copied> {
  return new Promise((resolve, reject) => {
    let [bytes, rows] = [0, 0];
    database.query({
      text: `COPY (${select}) TO STDOUT`,
      submit(connection: pg.Connection) {
        connection.query(this.text);
      },
      handleCopyData({ chunk }: { readonly chunk: Buffer }) {
        bytes += chunk.length;
        rows++;
      },
      handleError: reject,
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve({ bytes, rows }),
    });
  });
}
