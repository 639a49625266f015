import { clientError } from '../error-families.ts';
import type { SummaClientError } from '../summa-client-error.ts';
import { parseRetryAfter } from './retry-after.ts';

/** The failure that an answer reports, or null when it holds data and no error. */
export function failureOf(response: Response, answer: unknown, text: string): SummaClientError | null {
  if (!isRecord(answer)) return notGraphql(response, text);
  const [first, ...others] = Array.isArray(answer.errors) ? answer.errors : [];
  if (first !== undefined) return reported(response, first, others.length);
  return isRecord(answer.data) ? null : notGraphql(response, text);
}

/** The failure of a request that got no answer; the message names the address and the reason beneath. */
export function networkFailure(url: string, cause: unknown): SummaClientError {
  const reason = reasonOf(cause);
  return clientError('NETWORK', `No answer from ${url}: ${reason}. Is the server running there?`, { cause });
}

function reported(response: Response, first: unknown, othersCount: number): SummaClientError {
  const error = isRecord(first) ? first : {};
  const extensions = isRecord(error.extensions) ? error.extensions : {};
  const code = text(extensions.code) ?? `HTTP_${response.status}`;
  const more = othersCount > 0 ? ` (and ${othersCount} more)` : '';
  return clientError(code, `${text(error.message) ?? 'The server refused the request.'}${more}`, {
    ...detailsOf(response),
    ...(isPath(extensions.argumentPath) && { argumentPath: extensions.argumentPath }),
    ...(text(extensions.requestId) !== undefined && { requestId: text(extensions.requestId) ?? '' }),
  });
}

function notGraphql(response: Response, body: string): SummaClientError {
  const start = body.trim().slice(0, 120);
  const said = start === '' ? 'nothing' : start;
  const code = response.ok ? 'INVALID_RESPONSE' : `HTTP_${response.status}`;
  const message = `${response.url} answered ${response.status} with ${said}. Is this the address of a Summa server?`;
  return clientError(code, message, detailsOf(response));
}

function detailsOf(response: Response) {
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
  const requestId = response.headers.get('x-request-id');
  return {
    status: response.status,
    ...(requestId !== null && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // fetch hides the reason ("connect ECONNREFUSED 127.0.0.1:4000") beneath its own "fetch failed".
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  return inner.message || ('code' in inner && String(inner.code)) || inner.name;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPath(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
