import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { StartError } from '../start-error.ts';
import { limitBodyTime } from './body-time.ts';
import { acceptCompressedBodies } from './compressed-body.ts';
import { createDrain } from './drain.ts';
import { answerErrors } from './error-answer.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addMetrics } from './metrics.ts';
import { RequestLog } from './request-log.ts';
import { addSchemaRoute } from './schema-route.ts';

export interface HttpServerOptions {
  config: Config;
  log: Logger;
  database: Database;
  /** The text that `/schema.graphql` serves. */
  schema: string;
  /** Throws UNAUTHENTICATED when the request has no valid key; for the routes here that need one. */
  requireKey: (request: FastifyRequest) => Promise<unknown>;
  /** Adds the routes of the product itself. */
  registerRoutes: (app: FastifyInstance) => Promise<void> | void;
}

export interface HttpServer {
  readonly app: FastifyInstance;
  /** Begins to accept connections and returns the URL. PORT_TAKEN when another program listens there. */
  listen(): Promise<string>;
  /**
   * Says "not ready", refuses new connections, and resolves when the requests in flight are answered, or cut off after
   * the drain timeout. Calling it again is harmless.
   */
  drain(): Promise<void>;
}

const MAX_PATH_PARAMETER = 8_192;

/** The HTTP server with its health, metrics and schema routes, and everything that `registerRoutes` adds. Not yet listening. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { config, log, database } = options;
  const logger: FastifyBaseLogger = log;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    childLoggerFactory: (_parent, bindings) => new RequestLog(log, bindings),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: config.maxBodyBytes,
    // Bodies have a time limit of their own in `limitBodyTime`: that of files depends on their progress, not on their size.
    requestTimeout: 0,
    // A signed URL of a file holds its path.
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER },
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    genReqId: (request) => readRequestId(request.headers['x-request-id']),
  });
  app.server.headersTimeout = config.requestTimeoutMs;
  limitBodyTime(app, config.requestTimeoutMs);
  const drain = createDrain(app, config);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply.statusCode, reply.elapsedTime);
    done();
  });
  answerErrors(app, config);
  acceptCompressedBodies(app, config.maxBodyBytes);
  addMetrics(app, { pool: database.pool, requireKey: options.requireKey });
  addHealthRoutes(app, { database, isDraining: drain.hasBegun });
  addSchemaRoute(app, options.schema);
  await options.registerRoutes(app);
  return { app, listen: () => listen(app, config), drain: drain.begin };
}

// A caller's own id is kept when it is harmless to log, so that a request can be followed through a proxy.
function readRequestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w-]{1,64}$/.test(header) ? header : randomUUID();
}

// The path only as its route: a query text may hold what does not belong into a log.
function logAnswer(request: FastifyRequest, status: number, elapsedMs: number): void {
  const route = request.routeOptions.url ?? 'unknown';
  const level = status >= 500 ? 'error' : status >= 400 ? 'info' : 'debug';
  request.log[level]({ method: request.method, route, status, elapsedMs: Math.round(elapsedMs) }, 'answered');
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port, listenTextResolver: (address) => `listening on ${address}` });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartError(
        'PORT_TAKEN',
        `port ${port} of ${host} is taken by another program; set PORT to another one`,
        [],
        { cause },
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartError(
        'PORT_TAKEN',
        `cannot listen on ${host}:${port} (${code}); set HOST and PORT to an address of this machine`,
        [],
        { cause },
      );
    }
    throw cause;
  }
}
