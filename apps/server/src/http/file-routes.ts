import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticateRequest } from '../access/authenticate-request.ts';
import type { Caller } from '../access/caller.ts';
import { findStoredFile, type StoredFile } from '../file/file-store.ts';
import { findFileFor } from '../file/find-file.ts';
import { receiveUpload } from '../file/receive-upload.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { HttpError } from './http-error.ts';
import { requestBytes } from './request-bytes.ts';
import { sendFile } from './send-file.ts';

/**
 * Adds the doors for the bytes of files: `PUT /files/uploads/<token>` and `GET /files/<token>` for signed URLs, and
 * `GET /files/<entity>/<project>/<run>/<path>` with an API key or a session.
 */
export async function registerFileRoutes(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    // The bytes are taken from the request itself, whatever it calls them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    addUploadRoute(scope, services);
    addSignedRoute(scope, services);
    addNamedRoute(scope, services);
  });
}

function addUploadRoute(scope: FastifyInstance, services: Services): void {
  scope.route<{ Params: { token: string } }>({
    method: 'PUT',
    url: '/files/uploads/:token',
    config: { longBody: true },
    bodyLimit: Number.MAX_SAFE_INTEGER,
    onRequest: async ({ headers }) => {
      if (headers['content-encoding'] === undefined) return;
      throw new HttpError(
        415,
        'UNSUPPORTED_ENCODING',
        'the bytes of a file are kept as they are; send them without content-encoding',
      );
    },
    handler: async (request, reply) => {
      // An answer before the end of the body ends the connection too, rather than reading what nobody wants.
      void reply.header('connection', 'close').header('cache-control', 'no-store');
      const upload = await services.fileUrls.readUpload(request.params.token);
      const received = await receiveUpload(services, upload, requestBytes(request));
      void reply.removeHeader('connection');
      return received;
    },
  });
}

function addSignedRoute(scope: FastifyInstance, services: Services): void {
  scope.route<{ Params: { token: string } }>({
    method: ['GET', 'HEAD'],
    url: '/files/:token',
    handler: async (request, reply) => {
      const signed = await services.fileUrls.readDownload(request.params.token);
      const find = async () => {
        const file = await findStoredFile(services.database.pool, signed);
        return file?.sha256 === signed.sha256 ? file : undefined;
      };
      // The URL stands for these very bytes, so they may be kept as long as it lives.
      return answer(services, { request, reply, cacheControl: 'private, max-age=900, immutable' }, find);
    },
  });
}

type NamedFile = { entity: string; project: string; run: string; '*': string };

function addNamedRoute(scope: FastifyInstance, services: Services): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  scope.route<{ Params: NamedFile }>({
    method: ['GET', 'HEAD'],
    url: '/files/:entity/:project/:run/*',
    onRequest: async (request) => {
      callers.set(request, await authenticateRequest(services, request));
    },
    handler: async (request, reply) => {
      const caller = callers.get(request);
      if (!caller) throw new Error('a request for a file came through without a caller');
      const { '*': path, ...names } = request.params;
      void reply.header('vary', 'authorization, cookie');
      return answer(services, { request, reply, cacheControl: 'private, no-cache' }, () =>
        findFileFor(services, caller, { ...names, path }),
      );
    },
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly cacheControl: string;
}

async function answer(
  services: Services,
  exchange: Exchange,
  find: () => Promise<StoredFile | undefined>,
): Promise<FastifyReply> {
  const file = await find();
  if (!file) throw notFound();
  try {
    return await sendFile(services, { ...exchange, file });
  } catch (error) {
    // Its bytes may have been swept between the two looks, if it was deleted in the meantime.
    if (error instanceof ServerError && error.code === 'CORRUPT_DATA' && (await find())?.objectId !== file.objectId)
      throw notFound();
    throw error;
  }
}

function notFound(): ServerError {
  return new ServerError(
    'FILE_NOT_FOUND',
    'there is no such file, or it has been replaced, or you may not see it; look for it in its run',
  );
}
