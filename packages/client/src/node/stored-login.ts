import { type ClientOptions, endpointOf } from '../client-options.ts';
import { serverAddress } from '../transport/server-address.ts';
import { type Credentials, credentialsFile, readCredentials } from './credentials.ts';

/** What the caller says of the server and the key, which goes before everything else. */
export interface ServerChoice {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Which server is meant, and the key for it: what is given here, else SUMMA_URL and SUMMA_API_KEY, else what `summa login` has
 * kept, else the local server without a key. `createClient` asks for it by itself where no key is given.
 *
 * Rejects with INVALID_OPTION for a URL that is none, and with a `CredentialsError` when the kept keys cannot be read.
 */
export async function storedLogin(
  choice: ServerChoice = {},
  env: Environment = process.env,
): Promise<Pick<ClientOptions, 'url' | 'apiKey'>> {
  return readLogin(choice, env);
}

/** What `storedLogin` resolves to; throws what it rejects with. */
export function readLogin(choice: ServerChoice, env: Environment): ReturnType<typeof settleServer> {
  return settleServer(choice, env, readCredentials(credentialsFile(env)));
}

/** Decides what `storedLogin` resolves to. */
export function settleServer(
  choice: ServerChoice,
  env: Environment,
  credentials: Credentials,
): { readonly url: string; readonly apiKey?: string } {
  const url = choice.url || env.SUMMA_URL || credentials.current || undefined;
  const server = serverAddress(endpointOf(url === undefined ? {} : { url }));
  const apiKey = choice.key || env.SUMMA_API_KEY || credentials.servers[server]?.apiKey;
  return { url: server, ...(apiKey !== undefined && { apiKey }) };
}
