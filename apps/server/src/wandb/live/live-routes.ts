import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../../access/caller.ts';
import { createContext } from '../../access/create-context.ts';
import { decideAccess } from '../../access/project-access.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { refOf } from '../../run/run-record.ts';
import { ServerError } from '../../server-error.ts';
import type { RunRef, Services } from '../../services.ts';
import { requireRunNamed } from '../schema/find-run.ts';
import { applyFileStream } from './apply-file-stream.ts';
import { parseFileStream } from './parse-file-stream.ts';
import { receiveRunFile } from './receive-run-file.ts';
import { findRunStanding } from './streamed-run-store.ts';
import { readUploadToken } from './upload-token.ts';

type RunParams = { entity: string; project: string; run: string };

/** Adds the file stream, by which a running process sends lines; `contextFor` gives the caller's context of a request. */
export function addFileStreamRoute(
  scope: FastifyInstance,
  contextFor: (request: FastifyRequest) => RequestContext,
): void {
  scope.post<{ Params: RunParams; Body: string | undefined }>(
    '/files/:entity/:project/:run/file_stream',
    async (request) => {
      const context = contextFor(request);
      const ref = await requireStreamedRun(context, request.params);
      const clientId = request.headers['x-wandb-async-client-id'];
      return applyFileStream(context, ref, {
        request: parseFileStream(request.body ?? ''),
        clientId: typeof clientId === 'string' ? clientId.slice(0, 64) : '',
      });
    },
  );
}

/** Adds the door for the bytes of files: the URL says what may be stored, and no key is asked for. */
export function addStorageRoute(scope: FastifyInstance, services: Services, baseUrl: () => string): void {
  scope.removeAllContentTypeParsers();
  // The bytes are taken from the request itself, whatever it calls them.
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  scope.route<{ Params: { token: string } }>({
    method: 'PUT',
    url: '/storage/:token',
    config: { longBody: true },
    bodyLimit: Number.MAX_SAFE_INTEGER,
    handler: async (request, reply) => {
      // An answer before the end of the body ends the connection too, rather than reading what nobody wants.
      void reply.header('connection', 'close');
      const { projectId, runId, path, ...who } = await readUploadToken(services, request.params.token);
      const caller: Caller = { ...who, administrator: false, scopes: new Set(['INGEST']) };
      const context = createContext(services, caller, baseUrl());
      // A request stream without an encoding gives Buffers.
      const bytes = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      await receiveRunFile(context, { ref: { projectId, runId }, path, size: sizeOf(request), bytes });
      void reply.removeHeader('connection');
      return {};
    },
  });
}

/**
 * The run of these names, if the caller may write to it: one statement where all is well. What is wrong otherwise, the way that
 * everything else takes says.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN
 */
async function requireStreamedRun(context: RequestContext, names: RunParams): Promise<RunRef> {
  const { caller, services } = context;
  const entity = names.entity || caller.userName;
  const found = await findRunStanding(services.database.pool, { ...names, entity }, caller.userId);
  if (found && decideAccess({ ...found, scopes: caller.scopes }, 'write') === 'allowed') {
    return { projectId: found.projectId, runId: found.runId };
  }
  return refOf(await requireRunNamed(context, names, 'write'));
}

function sizeOf({ headers }: FastifyRequest): number {
  const size = Number(headers['content-length']);
  if (headers['content-length'] === undefined || !Number.isSafeInteger(size)) {
    throw new ServerError('INVALID_INPUT', 'say the number of bytes in the header content-length', ['content-length']);
  }
  return size;
}
