import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONTENT_TYPES, FILE_ENDINGS, type RowFormat } from '../export/export-format.ts';
import type { OpenExport } from '../export/open-export.ts';
import type { Services } from '../services.ts';
import { contentDisposition } from './content-disposition.ts';
import { HttpError } from './http-error.ts';

/** Bytes that wait for a slow reader before no more are made. */
const WAITING_BYTES = 256 * 1024;

/** An export as the answer to a request. */
export interface ExportAnswer {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly format: RowFormat;
  /** What the file is called, without its ending. */
  readonly title: string;
  readonly open: () => Promise<OpenExport>;
}

/**
 * Answers with an export, made as fast as it is read. It ends when the reader goes away, takes nothing for too long, or takes longer
 * than an export may; one that fails on its way breaks the connection, so that it never looks complete.
 *
 * @throws ServerError TOO_MANY_EXPORTS
 */
export async function sendExport(
  services: Services,
  { request, reply, format, title, open }: ExportAnswer,
): Promise<FastifyReply> {
  if (request.method === 'HEAD') return withHeaders(reply, format, title).send();
  const end = services.exportsInFlight.begin();
  try {
    const opened = await open();
    const stream = Readable.from(opened.bytes, { objectMode: false, highWaterMark: WAITING_BYTES });
    const { exportTimeoutMs, requestTimeoutMs } = services.config;
    const clock = setTimeout(() => stream.destroy(tookTooLong(exportTimeoutMs)), exportTimeoutMs);
    stream.once('close', () => {
      clearTimeout(clock);
      void opened.close().finally(end);
    });
    // Nobody may be left who would notice that the stream has to end.
    if (request.raw.socket.destroyed) stream.destroy();
    request.raw.socket.setTimeout(requestTimeoutMs);
    return withHeaders(reply, format, title).send(stream);
  } catch (error) {
    end();
    throw error;
  }
}

function withHeaders(reply: FastifyReply, format: RowFormat, title: string): FastifyReply {
  const contentType = CONTENT_TYPES[format];
  return reply.headers({
    'content-type': contentType,
    'content-disposition': contentDisposition(`${title}${FILE_ENDINGS[format]}`, contentType),
    'cache-control': 'no-store',
    vary: 'authorization, cookie',
    'x-content-type-options': 'nosniff',
  });
}

function tookTooLong(ms: number): HttpError {
  return new HttpError(503, 'SERVER_BUSY', `the export took longer than ${ms} ms; ask for fewer keys or steps at once`);
}
