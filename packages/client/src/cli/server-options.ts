import { endpointOf } from '../client-options.ts';
import { type ServerChoice, storedLogin } from '../node/stored-login.ts';
import { createExecute, type Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import type { CommandIo } from './frame/command-io.ts';

/** The options of every command that talks to a server. */
export const serverOptions = {
  url: { type: 'string', value: '<url>', summary: 'the server (default: SUMMA_URL, else the one signed in to)' },
  key: { type: 'string', value: '<key>', summary: 'the API key (default: SUMMA_API_KEY, else the one signed in with)' },
} as const;

/** A server to talk to. */
export interface ServerConnection {
  readonly endpoint: Endpoint;
  readonly execute: Execute;
}

/**
 * The server that a command means and the key that it shows there: as the options say, else SUMMA_URL and SUMMA_API_KEY, else
 * what `summa login` has kept for that server, else the local server without a key.
 */
export async function connect(choice: ServerChoice, env: CommandIo['env']): Promise<ServerConnection> {
  const endpoint = endpointOf(await storedLogin(choice, env));
  return { endpoint, execute: createExecute(endpoint) };
}
