import { LogDocument } from '../generated/graphql.ts';
import { type Endpoint, postGraphql } from '../transport/post-graphql.ts';

const query = JSON.stringify(String(LogDocument));

/** Sends rows, and resolves when the server has stored them; called again with the same rows after any failure. */
type SendRows = (rows: readonly string[], signal: AbortSignal) => Promise<void>;

/** Which rows are sent as whose. */
export interface RowSenderOptions {
  readonly runId: string;
  /** Numbers its rows from 0; no two processes may use one at a time. */
  readonly writer: string;
  /** How many of the writer's rows the server has already. */
  readonly acceptedRows: number;
  /** Called after each stored batch with how many of the writer's rows the server has now. */
  readonly onStored?: (acceptedRows: number) => void;
}

/**
 * A `SendRows` that tells the server how many rows came before: rows which it has already, from a request whose answer
 * was lost, are not counted again.
 */
export function createRowSender(endpoint: Endpoint, options: RowSenderOptions): SendRows {
  let offset = options.acceptedRows;
  const head = `{"runId":${JSON.stringify(options.runId)},"writer":${JSON.stringify(options.writer)}`;
  return async (rows, signal) => {
    const input = `${head},"offset":${offset},"rows":[${rows.join(',')}]}`;
    await postGraphql(endpoint, `{"query":${query},"variables":{"input":${input}}}`, { signal });
    offset += rows.length;
    options.onStored?.(offset);
  };
}
