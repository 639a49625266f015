import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { IncomingBytes } from '../file/receive-upload.ts';
import { HttpError } from './http-error.ts';

/**
 * The body of a request as it comes, without anything of it being held. Whoever stops reading leaves the request open, so
 * that it can still be answered. A body that breaks off throws HttpError BAD_REQUEST: that is the sender's affair, not ours.
 */
export function requestBytes({ raw, headers }: FastifyRequest): IncomingBytes {
  const declared = headers['content-length'];
  return { bytes: bytesOf(raw), declaredSize: declared === undefined ? null : Number(declared) };
}

async function* bytesOf(raw: IncomingMessage): AsyncGenerator<Buffer> {
  const chunks = raw.iterator({ destroyOnReturn: false });
  for (;;) {
    const { done, value } = await chunks.next().catch((cause: unknown) => {
      const message = 'the bytes broke off before their end; nothing was kept, send them again';
      throw Object.assign(new HttpError(400, 'BAD_REQUEST', message), { cause });
    });
    if (done) return;
    yield value;
  }
}
