import { randomBytes } from 'node:crypto';
import { keepSecret } from '../../file/server-secret-store.ts';
import { readToken, signToken } from '../../file/signed-token.ts';
import type { Services } from '../../services.ts';

const SECRET_NAME = 'wandb-uploads';
const HOUR_MS = 3_600_000;
/** The client asks for URLs long before it sends a large file. */
const LIFETIME_MS = 24 * HOUR_MS;

/** What a URL for an upload allows: one file of one run, in the name of whoever asked for it. */
export interface UploadGrant {
  readonly projectId: string;
  readonly runId: string;
  readonly path: string;
  readonly userId: string;
  readonly userName: string;
  readonly apiKeyId: string;
}

const secrets = new WeakMap<Services, Promise<Buffer>>();

/** Where the bytes of a file are to be sent with PUT and without a key, within a day. */
export async function uploadUrl(services: Services, baseUrl: string, grant: UploadGrant): Promise<string> {
  const fields = [grant.projectId, grant.runId, grant.path, grant.userId, grant.userName, grant.apiKeyId];
  const expiresAt = new Date(services.clock().getTime() + LIFETIME_MS);
  return `${baseUrl}/wandb/storage/${signToken(await secretOf(services), 'upload', { fields, expiresAt })}`;
}

/** What the token of an `uploadUrl` allows. @throws ServerError INVALID_URL, URL_EXPIRED */
export async function readUploadToken(services: Services, token: string): Promise<UploadGrant> {
  const fields = readToken(await secretOf(services), 'upload', { token, now: services.clock() });
  const [projectId = '', runId = '', path = '', userId = '', userName = '', apiKeyId = ''] = fields;
  return { projectId, runId, path, userId, userName, apiKeyId };
}

function secretOf(services: Services): Promise<Buffer> {
  const known = secrets.get(services);
  if (known) return known;
  const { config, database } = services;
  const secret =
    config.secret === undefined
      ? keepSecret(database.pool, SECRET_NAME, randomBytes(32))
      : Promise.resolve(Buffer.from(`${SECRET_NAME}\n${config.secret}`));
  secrets.set(services, secret);
  secret.catch(() => secrets.delete(services));
  return secret;
}
