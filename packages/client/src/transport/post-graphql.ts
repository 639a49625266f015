import { clientError } from '../error-families.ts';
import { startDeadline } from './deadline.ts';
import { failureOf, networkFailure } from './response-failure.ts';
import { parseResponse } from './response-json.ts';

/** How one request is made; made once per client. */
export interface Endpoint {
  /** The GraphQL URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
  /** Each request is given up after this many ms. */
  readonly timeoutMs: number;
}

/** What a caller may say of one request. */
export interface RequestOptions {
  /** Aborting it rejects with code ABORTED. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's own. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Posts one GraphQL request (its body already JSON text) and resolves to `data`.
 *
 * Rejects with a `SummaClientError` whatever went wrong: no network, no time, no JSON, or an error in the answer; an
 * answer with errors counts as failed even when it has data.
 */
export async function postGraphql(endpoint: Endpoint, body: string, options: RequestOptions = {}): Promise<unknown> {
  const { response, text } = await exchange(endpoint, body, options);
  const answer = await parseResponse(text);
  const failure = failureOf(response, answer, text);
  if (failure) throw failure;
  return (answer as { data: unknown }).data; // failureOf answers for everything without `data`
}

async function exchange(endpoint: Endpoint, body: string, options: RequestOptions) {
  const timeoutMs = options.timeoutMs ?? endpoint.timeoutMs;
  const deadline = startDeadline(timeoutMs, options.signal);
  try {
    const headers = { ...endpoint.headers, 'content-type': 'application/json' };
    const response = await endpoint.fetch(endpoint.url, { method: 'POST', headers, body, signal: deadline.signal });
    return { response, text: await response.text() };
  } catch (cause) {
    if (options.signal?.aborted) throw clientError('ABORTED', 'The request was aborted.', { cause });
    if (!deadline.signal.aborted) throw networkFailure(endpoint.url, cause);
    throw clientError('TIMEOUT', `No answer from ${endpoint.url} within ${timeoutMs} ms.`, { cause });
  } finally {
    deadline.stop();
  }
}
