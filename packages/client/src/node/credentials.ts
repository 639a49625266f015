import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Who signed in to one server. */
export interface StoredKey {
  readonly apiKey: string;
  /** The login name of its owner. */
  readonly user: string;
}

/** What `summa login` keeps: a key for each server, by the server's address. */
export interface Credentials {
  /** The server that was signed in to last: the one that is meant when nobody names one. */
  readonly current: string | null;
  readonly servers: Readonly<Record<string, StoredKey>>;
}

/** The credentials cannot be read; the message names the file and says what to do. */
export class CredentialsError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

const NONE: Credentials = { current: null, servers: {} };

/** Where the credentials are kept: `$XDG_CONFIG_HOME/summa/credentials.json`, by default below `~/.config`. */
export function credentialsFile(env: Environment): string {
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'summa', 'credentials.json');
}

/** Reads the credentials; none where there is no file. Throws `CredentialsError` for a file that is not one of ours. */
export function readCredentials(file: string): Credentials {
  const text = readIfThere(file);
  return text === null ? NONE : parseCredentials(text, file);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new CredentialsError(`${file}: ${message}`, { cause });
  }
}

/** Writes the credentials so that only this account can read them; a reader sees the old file or the new one, whole. */
export async function writeCredentials(file: string, credentials: Credentials): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/** The credentials with the key for one more server, which becomes the current one. */
export function withKey({ servers }: Credentials, server: string, key: StoredKey): Credentials {
  return { current: server, servers: { ...servers, [server]: key } };
}

/** The credentials without a server; when it was the current one, there is none until somebody signs in again. */
export function withoutServer({ current, servers }: Credentials, server: string): Credentials {
  const others = Object.entries(servers).filter(([name]) => name !== server);
  return { current: current === server ? null : current, servers: Object.fromEntries(others) };
}

function parseCredentials(text: string, file: string): Credentials {
  const stranger = () => new CredentialsError(`${file} is damaged; remove it and sign in again with summa login`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw stranger();
  }
  if (!isRecord(value) || !isRecord(value.servers)) throw stranger();
  const servers: Record<string, StoredKey> = {};
  for (const [server, key] of Object.entries(value.servers)) {
    if (!isRecord(key) || typeof key.apiKey !== 'string') throw stranger();
    servers[server] = { apiKey: key.apiKey, user: typeof key.user === 'string' ? key.user : '' };
  }
  return { current: typeof value.current === 'string' ? value.current : null, servers };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
