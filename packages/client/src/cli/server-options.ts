import { type ClientOptions, endpointOf } from '../client-options.ts';
import { type Credentials, credentialsFile, readCredentials } from '../node/credentials.ts';
import { createExecute, type Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';

/** The options of every command that talks to a server. */
export const serverOptions = {
  url: { type: 'string', value: '<url>', summary: 'the server (default: SUMMA_URL, else the one signed in to)' },
  key: { type: 'string', value: '<key>', summary: 'the API key (default: SUMMA_API_KEY, else the one signed in with)' },
} as const;

/** What was given for them. */
export interface ServerChoice {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
}

/** A server to talk to. */
export interface ServerConnection {
  readonly endpoint: Endpoint;
  readonly execute: Execute;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The server that a command means and the key that it shows there: as the options say, else SUMMA_URL and SUMMA_API_KEY, else
 * what `summa login` has kept for that server, else the local server without a key.
 */
export async function connect(choice: ServerChoice, env: Environment): Promise<ServerConnection> {
  const endpoint = endpointOf(settleServer(choice, env, await readCredentials(credentialsFile(env))));
  return { endpoint, execute: createExecute(endpoint) };
}

/** Decides what `connect` connects to. */
export function settleServer(choice: ServerChoice, env: Environment, credentials: Credentials): ClientOptions {
  const url = choice.url || env.SUMMA_URL || credentials.current || undefined;
  const server = serverAddress(endpointOf(url === undefined ? {} : { url }));
  const apiKey = choice.key || env.SUMMA_API_KEY || credentials.servers[server]?.apiKey;
  return { url: server, ...(apiKey !== undefined && { apiKey }) };
}

/** The address of a server as the credentials name it: without `/graphql` and without a slash at its end. */
export function serverAddress({ url }: Pick<Endpoint, 'url'>): string {
  return url.replace(/\/graphql$/, '').replace(/\/$/, '');
}
