import type { FastifyReply, FastifyRequest } from 'fastify';
import { fileNameOf } from '../file/file-path.ts';
import type { StoredFile } from '../file/file-store.ts';
import type { Services } from '../services.ts';
import { readRange } from './byte-range.ts';
import { contentDisposition } from './content-disposition.ts';

/** How long a URL of the store itself lives: it is followed at once. */
const REDIRECT_SECONDS = 300;

/** A file to be sent as the answer to a request. */
export interface FileAnswer {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly file: StoredFile;
  readonly cacheControl: string;
}

/**
 * Answers with the bytes of a file, or with as much of it as the request wants: a range, nothing when it has them already,
 * or where the store itself gives them.
 *
 * @throws ServerError SERVER_BUSY, CORRUPT_DATA
 */
export async function sendFile(
  services: Services,
  { request, reply, file, cacheControl }: FileAnswer,
): Promise<FastifyReply> {
  const etag = `"${file.sha256}"`;
  const disposition = contentDisposition(fileNameOf(file.path), file.contentType);
  void reply.headers({
    etag,
    'cache-control': cacheControl,
    'last-modified': file.updatedAt.toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': file.contentType,
    'content-disposition': disposition,
    // Whatever the bytes are, they do nothing in the name of this server.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'referrer-policy': 'no-referrer',
  });
  if (isKnown(request.headers['if-none-match'], etag)) return withoutContent(reply, 304);
  if (request.method === 'HEAD') return reply.header('content-length', file.size).send();
  const redirect =
    services.config.s3Redirect === 'on' &&
    !isReadByPage(request) &&
    (await services.blobs.temporaryUrl(file, {
      contentType: file.contentType,
      disposition,
      seconds: REDIRECT_SECONDS,
    }));
  if (redirect) return withoutContent(reply.header('cache-control', 'no-store').header('location', redirect), 302);
  return sendBytes(services, { request, reply, file });
}

/**
 * Whether a script of the web app reads the bytes to show them. It gets them from here, for the store would have to allow
 * other origins; pictures, sound and downloads need no such leave and are sent there.
 */
function isReadByPage({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'same-origin' && headers['sec-fetch-dest'] === 'empty';
}

async function sendBytes(
  services: Services,
  { request, reply, file }: Omit<FileAnswer, 'cacheControl'>,
): Promise<FastifyReply> {
  const range = readRange(rangeHeaderOf(request, `"${file.sha256}"`), file.size);
  if (range === 'unsatisfiable') return withoutContent(reply.header('content-range', `bytes */${file.size}`), 416);
  const end = services.downloadsInFlight.begin();
  try {
    const part = range === 'all' ? undefined : range;
    const bytes = await services.blobs.open(file, part);
    bytes.once('close', end);
    // A reader who takes nothing for so long is cut off.
    request.raw.socket.setTimeout(services.config.requestTimeoutMs);
    if (part) void reply.code(206).header('content-range', `bytes ${part.start}-${part.end}/${file.size}`);
    return reply.header('content-length', part ? part.end - part.start + 1 : file.size).send(bytes);
  } catch (error) {
    end();
    throw error;
  }
}

/** A range counts only for the bytes that its sender thinks of: with `If-Range` for another version all of it is sent. */
function rangeHeaderOf({ headers }: FastifyRequest, etag: string): string | undefined {
  const condition = headers['if-range'];
  return condition === undefined || condition === etag ? headers.range : undefined;
}

function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((known) => known.trim().replace(/^W\//, '') === etag);
}

function withoutContent(reply: FastifyReply, status: number): FastifyReply {
  for (const name of ['content-type', 'content-disposition']) reply.removeHeader(name);
  return reply.code(status).send();
}
