import { clientError } from '../error-families.ts';
import { startDeadline } from '../transport/deadline.ts';
import { failureOf, networkFailure } from '../transport/response-failure.ts';
import { parseResponse } from '../transport/response-json.ts';
import type { SourceBody } from './file-source.ts';

/** One request for the bytes of a file. */
export interface FileRequest extends Partial<SourceBody> {
  readonly method: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request to a signed URL and resolves to the answer, whose body has not been read. It needs no key, so none is sent.
 *
 * Rejects with `SummaClientError`: ABORTED, NETWORK, or the code that the server answered with.
 */
export async function exchangeFile(
  fetch: typeof globalThis.fetch,
  url: string,
  { signal, ...init }: FileRequest,
): Promise<Response> {
  const response = await fetch(url, { ...init, ...(signal && { signal }) }).catch((cause: unknown) => {
    if (signal?.aborted) throw clientError('ABORTED', 'The transfer was aborted.', { cause });
    throw networkFailure(new URL(url).origin, cause);
  });
  if (response.ok) return response;
  const text = await response.text().catch(() => '');
  throw failureOf(response, await parseResponse(text), text) ?? clientError(`HTTP_${response.status}`, text);
}

/** `exchangeFile` that rejects with TIMEOUT when there is no answer within `timeoutMs`; the body of the answer is dropped. */
export async function sendFile(
  fetch: typeof globalThis.fetch,
  url: string,
  { timeoutMs, ...request }: FileRequest & { readonly timeoutMs: number },
): Promise<void> {
  const deadline = startDeadline(timeoutMs, request.signal);
  try {
    const response = await exchangeFile(fetch, url, { ...request, signal: deadline.signal });
    await response.body?.cancel();
  } catch (cause) {
    if (request.signal?.aborted || !deadline.signal.aborted) throw cause;
    throw clientError('TIMEOUT', `No answer from ${new URL(url).origin} within ${timeoutMs} ms.`, { cause });
  } finally {
    deadline.stop();
  }
}
