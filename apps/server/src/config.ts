import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneOf, type Setting, textLike, urlOf, wholeNumber } from './setting.ts';
import { StartError } from './start-error.ts';

// The same distance from `src/` and from `dist/`: the top of the checkout.
const home = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Every setting of the server. To add one: a line here. `summa --help` lists them, `Config` has their types, and a value
 * that does not parse is named when the server starts.
 */
export const SETTINGS = {
  port: setting('PORT', '4000', wholeNumber(0, 65_535), 'Port of the API; 0 for any free one.'),
  host: setting(
    'HOST',
    '127.0.0.1',
    textLike(/^[\w.:-]+$/, 'a host name or an address'),
    'Address to listen on; 0.0.0.0 for all.',
  ),
  publicUrl: optional(
    'SUMMA_PUBLIC_URL',
    urlOf('http', 'https'),
    'Where people reach this server, when it is behind a proxy.',
  ),
  databaseUrl: optional(
    'DATABASE_URL',
    urlOf('postgresql', 'postgres'),
    'Postgres 15 or newer; unset: a Postgres of our own, in the data folder.',
  ),
  databasePoolSize: setting('SUMMA_DATABASE_POOL', '10', wholeNumber(2, 1_000), 'Connections to the database at most.'),
  databasePrepared: setting(
    'SUMMA_DATABASE_PREPARED',
    'on',
    oneOf('on', 'off'),
    'off: no prepared statements, for PgBouncer before 1.21.',
  ),
  statementTimeoutMs: setting(
    'SUMMA_STATEMENT_TIMEOUT_MS',
    '30000',
    wholeNumber(100, 3_600_000),
    'How long one SQL statement may run.',
  ),
  dataDir: setting(
    'SUMMA_DATA_DIR',
    resolve(home, '.summa'),
    (text) => resolve(text),
    'Folder for the database, the files of runs and the first key.',
  ),
  webDir: setting(
    'SUMMA_WEB_DIR',
    resolve(home, 'apps/web/dist'),
    (text) => resolve(text),
    'Folder of the built web app, which is served at /.',
  ),
  apiKey: optional(
    'SUMMA_API_KEY',
    textLike(/^[\w-]{40,200}$/, '40 to 200 characters of A-Z a-z 0-9 _ -'),
    "The first user's API key, for automation; unset: a random one.",
  ),
  logLevel: setting(
    'SUMMA_LOG_LEVEL',
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'What is logged: trace, debug, info, warn, error, fatal or silent.',
  ),
  maxBodyBytes: setting(
    'SUMMA_MAX_BODY_BYTES',
    '33554432',
    wholeNumber(1_024, 1_073_741_824),
    'Largest request body, before and after decompression.',
  ),
  requestTimeoutMs: setting(
    'SUMMA_REQUEST_TIMEOUT_MS',
    '60000',
    wholeNumber(1_000, 3_600_000),
    'How long a client may take to send one request.',
  ),
  exportTimeoutMs: setting(
    'SUMMA_EXPORT_TIMEOUT_MS',
    '3600000',
    wholeNumber(100, 86_400_000),
    'How long one export may take, its reader included, before it is cut off.',
  ),
  drainTimeoutMs: setting(
    'SUMMA_DRAIN_TIMEOUT_MS',
    '15000',
    wholeNumber(0, 600_000),
    'How long requests in flight may take after SIGTERM.',
  ),
  drainDelayMs: setting(
    'SUMMA_DRAIN_DELAY_MS',
    '0',
    wholeNumber(0, 600_000),
    'How long to go on accepting after SIGTERM while /readyz already says no, for a load balancer.',
  ),
  crashAfterSeconds: setting(
    'SUMMA_CRASH_AFTER_SECONDS',
    '300',
    wholeNumber(5, 86_400),
    'A running run silent for this long is taken as crashed.',
  ),
  maxFileBytes: setting(
    'SUMMA_MAX_FILE_BYTES',
    '53687091200',
    wholeNumber(1, 5_497_558_138_880),
    'Largest file of a run.',
  ),
  maxRunFileBytes: setting(
    'SUMMA_MAX_RUN_FILE_BYTES',
    '536870912000',
    wholeNumber(1, Number.MAX_SAFE_INTEGER),
    'All files of one run together.',
  ),
  secret: optional(
    'SUMMA_SECRET',
    textLike(/^[\x21-\x7e]{32,200}$/, '32 to 200 characters without spaces'),
    'Signs the URLs of files and sessions, the same for all servers of one database; unset: one that is kept in the database.',
  ),
  s3Bucket: optional(
    'SUMMA_S3_BUCKET',
    textLike(/^[A-Za-z0-9._-]{3,255}$/, 'the name of a bucket'),
    'Keeps the files of runs in this bucket of an S3-compatible store; unset: in the data folder.',
  ),
  s3Endpoint: optional('SUMMA_S3_ENDPOINT', urlOf('http', 'https'), 'Where that store is; unset: Amazon S3.'),
  s3Region: setting('SUMMA_S3_REGION', 'us-east-1', textLike(/^[\w-]{1,64}$/, 'the name of a region'), 'Its region.'),
  s3AccessKeyId: optional(
    'SUMMA_S3_ACCESS_KEY_ID',
    textLike(/^\S{1,256}$/, 'a text without spaces'),
    'Who we are there; unset: what the environment of AWS says.',
  ),
  s3SecretAccessKey: optional(
    'SUMMA_S3_SECRET_ACCESS_KEY',
    textLike(/^\S{1,256}$/, 'a text without spaces'),
    'The secret that belongs to SUMMA_S3_ACCESS_KEY_ID.',
  ),
  s3Prefix: setting(
    'SUMMA_S3_PREFIX',
    'blobs/',
    textLike(/^([\w.-]+\/)*$/, 'empty, or segments that each end with a slash'),
    'What the names of all objects there begin with.',
  ),
  s3PathStyle: setting(
    'SUMMA_S3_PATH_STYLE',
    'on',
    oneOf('on', 'off'),
    'off: the bucket stands in the host name rather than in the path.',
  ),
  s3Redirect: setting(
    'SUMMA_S3_REDIRECT',
    'off',
    oneOf('on', 'off'),
    'on: downloads go straight to the store, by signed URLs of its own; off: through this server.',
  ),
} satisfies Record<string, Setting<unknown>>;

/** The settings, parsed. Holds secrets (`apiKey`, `databaseUrl`, `secret`, `s3SecretAccessKey`): never log it whole. */
export type Config = { readonly [Key in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Key]['parse']> };

/** Reads the settings from an environment; an empty value counts as unset. CONFIG_INVALID names every wrong value at once. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const values = Object.entries<Setting<unknown>>(SETTINGS).map(([key, { name, fallback, parse }]) => {
    const text = env[name] || fallback;
    try {
      return [key, text === undefined ? undefined : parse(text)];
    } catch (error) {
      problems.push(`${name} must be ${(error as Error).message}${isSecret(name) ? '' : `, not "${text}"`}`);
      return [key, undefined];
    }
  });
  if (problems.length > 0) throw new StartError('CONFIG_INVALID', problems.join('; '));
  // Each value was parsed by the setting of its own key.
  return Object.fromEntries(values) as Config;
}

function setting<T>(name: string, fallback: string, parse: (text: string) => T, description: string): Setting<T> {
  return { name, fallback, parse, description };
}

function optional<T>(name: string, parse: (text: string) => T, description: string): Setting<T | undefined> {
  return { name, fallback: undefined, parse, description };
}

function isSecret(name: string): boolean {
  return ['SUMMA_API_KEY', 'DATABASE_URL', 'SUMMA_SECRET', 'SUMMA_S3_SECRET_ACCESS_KEY'].includes(name);
}
