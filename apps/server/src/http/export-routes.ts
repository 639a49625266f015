import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticateRequest } from '../access/authenticate-request.ts';
import type { Caller } from '../access/caller.ts';
import { findReadableProject, findReadableRun, type ProjectNames, type RunNames } from '../access/find-by-name.ts';
import { checkHistoryAsk, openHistoryExport, readHistoryAsk } from '../export/history-export.ts';
import { checkRunsAsk, openRunsExport, readRunsAsk } from '../export/runs-export.ts';
import { refOf } from '../run/run-record.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { sendExport } from './send-export.ts';

/**
 * Adds the doors for what is too much for one GraphQL answer, with an API key or a session:
 * `GET /api/export/<entity>/<project>/runs/<run>/history` and `GET /api/export/<entity>/<project>/runs`.
 */
export async function registerExportRoutes(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    const callers = new WeakMap<FastifyRequest, Caller>();
    scope.addHook('onRequest', async (request) => {
      callers.set(request, await authenticateRequest(services, request));
    });
    const callerOf = (request: FastifyRequest): Caller => {
      const caller = callers.get(request);
      if (!caller) throw new Error('a request for an export came through without a caller');
      return caller;
    };
    addHistoryRoute(scope, services, callerOf);
    addRunsRoute(scope, services, callerOf);
  });
}

type CallerOf = (request: FastifyRequest) => Caller;

function addHistoryRoute(scope: FastifyInstance, services: Services, callerOf: CallerOf): void {
  scope.route<{ Params: RunNames }>({
    method: ['GET', 'HEAD'],
    url: '/api/export/:entity/:project/runs/:run/history',
    handler: async (request, reply) => {
      const run = await findReadableRun(services, callerOf(request), request.params);
      if (!run) throw new ServerError('RUN_NOT_FOUND', 'there is no such run, or you may not see it');
      const ask = readHistoryAsk(request.url);
      await checkHistoryAsk(services, refOf(run), ask);
      return sendExport(services, {
        request,
        reply,
        format: ask.format,
        title: `${run.name}.history`,
        open: () => openHistoryExport(services, refOf(run), ask),
      });
    },
  });
}

function addRunsRoute(scope: FastifyInstance, services: Services, callerOf: CallerOf): void {
  scope.route<{ Params: ProjectNames }>({
    method: ['GET', 'HEAD'],
    url: '/api/export/:entity/:project/runs',
    handler: async (request, reply) => {
      const caller = callerOf(request);
      const project = await findReadableProject(services, caller, request.params);
      if (!project) throw new ServerError('PROJECT_NOT_FOUND', 'there is no such project, or you may not see it');
      const ask = readRunsAsk(request.url);
      await checkRunsAsk(services, project.id, ask);
      return sendExport(services, {
        request,
        reply,
        format: ask.format,
        title: `${project.name}.runs`,
        open: () => openRunsExport(services, { caller, projectId: project.id }, ask),
      });
    },
  });
}
