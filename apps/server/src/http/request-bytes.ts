import type { FastifyRequest } from 'fastify';
import type { IncomingBytes } from '../file/receive-upload.ts';

/**
 * The body of a request as it comes, without anything of it being held. Whoever stops reading leaves the request open, so
 * that it can still be answered.
 */
export function requestBytes({ raw, headers }: FastifyRequest): IncomingBytes {
  const declared = headers['content-length'];
  return {
    // A request stream without an encoding gives Buffers.
    bytes: raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>,
    declaredSize: declared === undefined ? null : Number(declared),
  };
}
