import { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { FastifyInstance, RequestPayload } from 'fastify';
import { HttpError } from './http-error.ts';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Understands bodies sent with `content-encoding: gzip`, `deflate` or `br`. `maxBytes` holds for what comes out: a small
 * body that unpacks to a huge one is cut off there with 413, before it takes the memory.
 */
export function acceptCompressedBodies(app: FastifyInstance, maxBytes: number): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    if (encoding === 'identity') return done(null, payload);
    const decoder = DECODERS[encoding];
    if (decoder !== undefined) return done(null, decode(payload, decoder(), maxBytes));
    const message = 'this content-encoding is not understood; use gzip, deflate, br or none';
    done(new HttpError(415, 'UNSUPPORTED_ENCODING', message));
  });
}

// Not a pipeline: that would destroy the request with its socket at the first error, and the answer could not be sent.
function decode(payload: RequestPayload, decoder: Transform, maxBytes: number): RequestPayload {
  let decodedBytes = 0;
  const decoded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      decodedBytes += chunk.length;
      if (decodedBytes > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    },
  });
  const giveUp = (error: Error) => {
    payload.unpipe(decoder);
    payload.resume();
    decoder.destroy();
    decoded.destroy(error);
  };
  decoder.once('error', () =>
    giveUp(new HttpError(400, 'BAD_REQUEST', 'the body is not what its content-encoding says')),
  );
  decoded.once('error', giveUp);
  payload.once('error', giveUp);
  payload.pipe(decoder).pipe(decoded);
  return countEncoded(payload, decoded);
}

/** Fastify compares this count with the content-length, which speaks of the compressed body. */
function countEncoded(payload: RequestPayload, decoded: RequestPayload): RequestPayload {
  let bytes = 0;
  payload.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  return Object.defineProperty(decoded, 'receivedEncodedLength', { get: () => bytes });
}

function tooLarge(maxBytes: number): HttpError {
  return new HttpError(
    413,
    'BODY_TOO_LARGE',
    `the body unpacks to more than ${maxBytes} bytes; send it in smaller parts`,
  );
}
