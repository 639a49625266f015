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
      submit: (connection: pg.Connection) => connection.query(`COPY (${select}) TO STDOUT`),
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

/** What `pg` can do on a connection that receives COPY, and does not tell. */
interface CopyingConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Runs `COPY … FROM STDIN` in the text format with text that is ready, as fast as the driver can. */
export function copyIn(database: pg.Client, target: string, text: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    database.query({
      submit: (connection: pg.Connection) => connection.query(`COPY ${target} FROM STDIN`),
      handleCopyInResponse(connection: CopyingConnection) {
        connection.sendCopyFromChunk(text);
        connection.endCopyFrom();
      },
      handleError: reject,
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve(),
    });
  });
}

/** A row as a line of COPY's text format: a backslash of JSON is written twice. */
export function copyLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => String(cell).replaceAll('\\', '\\\\')).join('\t')}\n`;
}
