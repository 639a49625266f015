import { clientError } from './error-families.ts';
import type { Endpoint } from './transport/post-graphql.ts';

/** Where the server is and who asks. */
export interface ClientOptions {
  /**
   * The server's address; by default the environment's SUMMA_URL, else the one that `summa login` has signed in to (where no key is
   * given either), else `http://127.0.0.1:4000`.
   */
  readonly url?: string;
  /** The API key; by default the environment's SUMMA_API_KEY, else the one that `summa login` has kept for the server. */
  readonly apiKey?: string;
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Sent with every request, beside the API key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A request is given up after this many ms; 30,000 by default. */
  readonly timeoutMs?: number;
}

/** Settles the options with the environment and the defaults; throws INVALID_OPTION for a URL that is none. */
export function endpointOf(options: ClientOptions): Endpoint {
  const apiKey = keyOf(options);
  return {
    url: graphqlUrl(options.url ?? environment('SUMMA_URL') ?? 'http://127.0.0.1:4000'),
    headers: { ...options.headers, ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) },
    // Unbound, a browser's fetch refuses to be called as a method of our own object.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeoutMs: options.timeoutMs ?? 30_000,
  };
}

/** The key of the options, else that of the environment. */
export function keyOf({ apiKey }: Pick<ClientOptions, 'apiKey'>): string | undefined {
  return apiKey ?? environment('SUMMA_API_KEY');
}

function graphqlUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const message = `url ${JSON.stringify(text)} is not an http(s) address; give one such as http://127.0.0.1:4000`;
    throw clientError('INVALID_OPTION', message);
  }
  if (!url.pathname.endsWith('/graphql')) url.pathname = `${url.pathname.replace(/\/$/, '')}/graphql`;
  return url.href;
}

function environment(name: string): string | undefined {
  // Absent in browsers; Deno and Bun have it too. An empty variable counts as unset.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}
