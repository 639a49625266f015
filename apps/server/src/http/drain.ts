import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

/** The end of a server, in order. */
export interface Drain {
  hasBegun(): boolean;
  /** Runs the drain once; every caller waits for the same one. */
  begin(): Promise<void>;
}

/**
 * Prepares the drain of a server: not ready from its first moment, then (after the drain delay) no new connection, then
 * the requests in flight finish; what is not finished after the drain timeout is cut off.
 */
export function createDrain(app: FastifyInstance, config: Pick<Config, 'drainDelayMs' | 'drainTimeoutMs'>): Drain {
  let drained: Promise<void> | undefined;
  const drain = async () => {
    if (config.drainDelayMs > 0) await sleep(config.drainDelayMs);
    const cut = setTimeout(() => app.server.closeAllConnections(), config.drainTimeoutMs);
    // A connection that carried the last answer is kept alive by its client; it must not hold up the end.
    const sweep = setInterval(() => app.server.closeIdleConnections(), 25);
    try {
      await app.close();
    } finally {
      clearTimeout(cut);
      clearInterval(sweep);
    }
  };
  return {
    hasBegun: () => drained !== undefined,
    begin() {
      drained ??= drain();
      return drained;
    },
  };
}
