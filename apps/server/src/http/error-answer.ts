import { SummaError } from '@summa/core/summa-error';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { passingFailure, RETRY_AFTER_SECONDS } from '../database/passing-failure.ts';
import { HttpError } from './http-error.ts';

/** What every failed request outside GraphQL is answered with: the shape of a GraphQL error, so that clients know one shape. */
export interface ErrorAnswer {
  errors: [{ message: string; extensions: { code: string; requestId: string } }];
}

interface Failure {
  status: number;
  code: string;
  message: string;
}

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  BODY_TOO_LARGE: 413,
  CORRUPT_DATA: 500,
  FILE_NOT_FOUND: 404,
  FORBIDDEN: 403,
  INTERNAL: 500,
  INVALID_URL: 403,
  NOT_FOUND: 404,
  PROJECT_NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  SERVER_BUSY: 503,
  STATEMENT_TIMEOUT: 503,
  STORAGE_FULL: 507,
  TOO_MANY_EXPORTS: 429,
  UNAUTHENTICATED: 401,
  UPLOAD_NOT_FOUND: 404,
  UPLOAD_RECEIVED: 409,
  URL_EXPIRED: 403,
};

/** Answers every error and every unknown path as JSON with a stable code; what we did not expect is only in the log, under the request's id. */
export function answerErrors(app: FastifyInstance, config: Pick<Config, 'maxBodyBytes'>): void {
  app.setErrorHandler((error, request, reply) => {
    const failure = describeFailure(error as FastifyError, config.maxBodyBytes);
    if (failure.status >= 500) request.log.error({ err: error }, 'a request failed');
    if (failure.status === 503 || failure.status === 429) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    if (failure.status === 401) void reply.header('www-authenticate', 'Bearer realm="summa"');
    return reply.code(failure.status).send(toAnswer(failure, request.id));
  });
  app.setNotFoundHandler((request, reply) => {
    const message = `there is nothing at ${request.method} ${request.url.split('?')[0]?.slice(0, 200)}`;
    return reply.code(404).send(toAnswer({ status: 404, code: 'NOT_FOUND', message }, request.id));
  });
}

function toAnswer({ code, message }: Failure, requestId: string): ErrorAnswer {
  return { errors: [{ message, extensions: { code, requestId } }] };
}

function describeFailure(error: FastifyError, maxBodyBytes: number): Failure {
  if (error instanceof SummaError) {
    return { status: STATUS_OF_CODE[error.code] ?? 400, code: error.code, message: error.message };
  }
  const passing = passingFailure(error);
  if (passing) return { status: STATUS_OF_CODE[passing.code] ?? 503, ...passing };
  if (error instanceof HttpError) return { status: error.statusCode, code: error.code, message: error.message };
  const code = error.code ?? '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return {
      status: 413,
      code: 'BODY_TOO_LARGE',
      message: `the body has more than ${maxBodyBytes} bytes; send it in smaller parts`,
    };
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'this content-type is not understood; send application/json',
    };
  }
  const status = error.statusCode ?? 500;
  // Fastify's own 4xx messages speak of the request only.
  if (status < 500)
    return {
      status,
      code: 'BAD_REQUEST',
      message: code.startsWith('FST_') ? error.message : 'the request cannot be read',
    };
  return {
    status: 500,
    code: 'INTERNAL',
    message: 'something failed on the server; its log has the cause under this request id',
  };
}
