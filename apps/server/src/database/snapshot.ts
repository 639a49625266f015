import type { Pool, PoolClient } from 'pg';
import { BEGIN } from './in-transaction.ts';

/** The database as it was at one moment, for as long as it is kept open. */
export interface Snapshot {
  readonly client: PoolClient;
  /** Gives the connection back, once; call it when no statement of it is under way. */
  close(): Promise<void>;
}

/**
 * Opens a snapshot that is kept while an answer is sent, on a connection of its own: what others write, merge or delete meanwhile
 * changes nothing in it. Use `inTransaction` for everything that ends by itself.
 */
export async function openSnapshot(pool: Pool): Promise<Snapshot> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN.snapshot);
    // A reader may be slow between two statements; whoever keeps the snapshot bounds its time.
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    // A snapshot begins with the first statement that reads.
    await client.query('SELECT 1');
  } catch (error) {
    client.release(true);
    throw error;
  }
  let closed: Promise<void> | undefined;
  return {
    client,
    close() {
      closed ??= end(client);
      return closed;
    },
  };
}

async function end(client: PoolClient): Promise<void> {
  // A connection that cannot even roll back must not go back into the pool.
  const isBroken = await client.query('ROLLBACK').then(
    () => false,
    () => true,
  );
  client.release(isBroken);
}
