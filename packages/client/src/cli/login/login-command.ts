import { endpointOf } from '../../client-options.ts';
import { ViewerDocument } from '../../generated/graphql.ts';
import {
  type Credentials,
  credentialsFile,
  readCredentials,
  withKey,
  writeCredentials,
} from '../../node/credentials.ts';
import { settleServer } from '../../node/stored-login.ts';
import { SummaClientError } from '../../summa-client-error.ts';
import { createExecute } from '../../transport/execute.ts';
import type { Endpoint } from '../../transport/post-graphql.ts';
import { serverAddress } from '../../transport/server-address.ts';
import { CommandError, UsageError } from '../command-error.ts';
import { type CommandArguments, defineCommand } from '../frame/command.ts';
import type { CommandIo } from '../frame/command-io.ts';

import { formatTable } from '../terminal/format-table.ts';
import { tableSpace } from '../terminal/table-space.ts';
import { askSecret } from './ask-secret.ts';

const options = {
  url: { type: 'string', value: '<url>', summary: 'the server (default: SUMMA_URL, else the one signed in to)' },
  key: { type: 'string', value: '<key>', summary: 'the API key; others on this machine may see it while this runs' },
  show: { type: 'boolean', summary: 'list the servers that this account is signed in to, and send nothing' },
  json: { type: 'boolean', summary: 'with --show: as JSON' },
} as const;

/** `summa login`: keeps a key for a server once the server has said whose it is. */
export const loginCommand = defineCommand({
  name: 'login',
  summary: 'sign in to a server: its key is kept for all other commands',
  options,
  description: `Asks for an API key, which is not shown while it is typed, or reads it from what is piped in; asks the server whose it
is; and keeps it for this server in $XDG_CONFIG_HOME/summa/credentials.json, which only you can read. SUMMA_URL and
SUMMA_API_KEY go before what is kept there. summa logout forgets it.`,
  notes: `Examples:
  summa login --url https://summa.example.com
  summa login < .summa/api-key`,
  run: (args, io) => (args.options.show ? showServers(args, io) : signIn(args, io)),
});

type LoginArguments = CommandArguments<typeof options>;

async function signIn({ options: { url, key, json } }: LoginArguments, io: CommandIo): Promise<undefined> {
  if (json) throw new UsageError('--json goes with --show');
  const file = credentialsFile(io.env);
  const credentials = readCredentials(file);
  const server = settleServer({ url }, io.env, credentials).url;
  const apiKey = key ?? (await askSecret(io, `API key for ${server}: `));
  if (apiKey === '') throw new CommandError('no API key was given; pipe it in or type it when asked');
  const endpoint = endpointOf({ url: server, apiKey });
  const user = await ownerOf(endpoint);
  await writeCredentials(file, withKey(credentials, server, { apiKey, user: user ?? '' }));
  const as = user === null ? 'with a key that may only log' : `as ${user}`;
  io.stdout.write(`Signed in to ${server} ${as}. The key is kept in ${file}.\n`);
  warnOfEnvironment(io, server);
}

/** Whose key it is; null for a key that works but has no scope to ask that. Rejects for one that does not work. */
async function ownerOf(endpoint: Endpoint): Promise<string | null> {
  try {
    return (await createExecute(endpoint)(ViewerDocument)).viewer.name;
  } catch (error) {
    if (error instanceof SummaClientError && error.code === 'FORBIDDEN') return null;
    throw error;
  }
}

function warnOfEnvironment({ env, stderr }: CommandIo, server: string): void {
  if (env.SUMMA_API_KEY) stderr.write('summa: SUMMA_API_KEY is set and goes before the key that was kept\n');
  if (env.SUMMA_URL && serverAddress(endpointOf({ url: env.SUMMA_URL })) !== server) {
    stderr.write(`summa: SUMMA_URL is set to another server: commands go there unless --url names this one\n`);
  }
}

async function showServers({ options: { json } }: LoginArguments, io: CommandIo): Promise<undefined> {
  const credentials = readCredentials(credentialsFile(io.env));
  const servers = describeServers(credentials);
  if (json) io.stdout.write(`${JSON.stringify(servers)}\n`);
  else if (servers.length === 0) io.stdout.write('Signed in to no server. Try: summa login\n');
  else io.stdout.write(`${serversTable(servers, io)}\n`);
}

interface KnownServer {
  readonly url: string;
  readonly user: string;
  /** The beginning of the key, which names it without giving it away. */
  readonly keyStart: string;
  readonly isCurrent: boolean;
}

function describeServers({ current, servers }: Credentials): KnownServer[] {
  return Object.entries(servers).map(([url, { apiKey, user }]) => ({
    url,
    user,
    keyStart: `${apiKey.slice(0, 10)}…`,
    isCurrent: url === current,
  }));
}

function serversTable(servers: readonly KnownServer[], io: CommandIo): string {
  const columns = [
    { header: '', cells: servers.map(({ isCurrent }) => (isCurrent ? '*' : '')) },
    { header: 'server', cells: servers.map(({ url }) => url) },
    { header: 'user', cells: servers.map(({ user }) => user) },
    { header: 'key', cells: servers.map(({ keyStart }) => keyStart) },
  ];
  return formatTable(columns, { ...tableSpace(io), width: null }).text;
}
