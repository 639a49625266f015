import { clientError, type SummaClientError } from '@summa/client/query';

const SESSION_URL = '/api/session';

/** Who is signed in. */
export interface Session {
  readonly userName: string;
  readonly scopes: readonly string[];
}

/** Signs in with an API key: the server answers with a cookie that scripts cannot read. Rejects with what it said. */
export function signIn(apiKey: string): Promise<Session> {
  const body = JSON.stringify({ apiKey });
  return request({ method: 'POST', headers: { 'content-type': 'application/json' }, body }) as Promise<Session>;
}

/** Who is signed in, and what for. Rejects when nobody is. */
export function currentSession(): Promise<Session> {
  return request({ method: 'GET' }) as Promise<Session>;
}

/** Ends the session; it is harmless when there is none. */
export async function signOut(): Promise<void> {
  await request({ method: 'DELETE' });
}

async function request(init: RequestInit): Promise<unknown> {
  const response = await fetch(SESSION_URL, init).catch((cause: unknown) => {
    throw clientError('NETWORK', 'The server does not answer. Is it running?', { cause });
  });
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw failureOf(response.status, answer);
}

function failureOf(status: number, answer: unknown): SummaClientError {
  // The shape of every failure of the server outside GraphQL.
  const [error] = (answer as { errors?: { message?: string; extensions?: { code?: string } }[] })?.errors ?? [];
  const message = error?.message ?? `The server answered ${status}.`;
  return clientError(error?.extensions?.code ?? `HTTP_${status}`, message, { status });
}
