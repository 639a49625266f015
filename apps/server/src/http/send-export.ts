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
    const close = () =>
      finish(opened)
        .catch((error: unknown) => request.log.error({ err: error }, 'an export was not closed'))
        .finally(end);
    // What fails at once is answered as an error.
    const first = await opened.bytes.next().catch(async (error: unknown) => {
      await close();
      throw error;
    });
    const stream = streamOf(services, { first, rest: opened.bytes }, close);
    // Nobody may be left who would notice that the stream has to end.
    if (request.raw.socket.destroyed) stream.destroy();
    return withHeaders(reply, format, title).send(stream);
  } catch (error) {
    end();
    throw error;
  }
}

/** Ends what is under way and gives back what the export holds. */
async function finish({ bytes, close }: OpenExport): Promise<void> {
  try {
    await bytes.return(undefined);
  } finally {
    await close();
  }
}

interface BegunBytes {
  readonly first: IteratorResult<Buffer>;
  readonly rest: AsyncGenerator<Buffer>;
}

/** The bytes as a stream that keeps the time limits; `onClose` is called when it has ended, however that came. */
function streamOf({ config }: Services, begun: BegunBytes, onClose: () => void): Readable {
  const { exportTimeoutMs, requestTimeoutMs } = config;
  const bytes = untilStalled(begun, requestTimeoutMs, () => stream.destroy(takesNothing(requestTimeoutMs)));
  const stream = Readable.from(bytes, { objectMode: false, highWaterMark: WAITING_BYTES });
  const clock = setTimeout(() => stream.destroy(tookTooLong(exportTimeoutMs)), exportTimeoutMs);
  stream.once('close', () => {
    clearTimeout(clock);
    onClose();
  });
  return stream;
}

/** The bytes; calls `onStall` when nobody takes more of them for so long. The time in which they are made does not count. */
async function* untilStalled({ first, rest }: BegunBytes, ms: number, onStall: () => void): AsyncGenerator<Buffer> {
  for (let next = first; !next.done; next = await rest.next()) {
    const clock = setTimeout(onStall, ms);
    try {
      yield next.value;
    } finally {
      clearTimeout(clock);
    }
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

function takesNothing(ms: number): HttpError {
  return new HttpError(
    408,
    'BAD_REQUEST',
    `the reader of the export took nothing for ${ms} ms; read it without pauses`,
  );
}
