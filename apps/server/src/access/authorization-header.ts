import { ServerError } from '../server-error.ts';

const HOW = 'send the header "Authorization: Bearer <API key>"';

/**
 * The API key text that an `Authorization` header carries: `Bearer <key>`, or `Basic` with user `api` and the key as password.
 *
 * @throws ServerError UNAUTHENTICATED when there is no header or it says anything else. The message never repeats it.
 */
export function apiKeyOfHeader(header: string | undefined): string {
  if (header === undefined || header.trim() === '')
    throw new ServerError('UNAUTHENTICATED', `an API key is needed: ${HOW}; Summa's own client reads SUMMA_API_KEY`);
  const [scheme = '', credentials = '', ...rest] = header.trim().split(/\s+/);
  if (rest.length > 0 || credentials === '') throw unreadable();
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() === 'basic') return passwordOf(credentials);
  throw unreadable();
}

function passwordOf(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (text.slice(0, colon) !== 'api')
    throw new ServerError('UNAUTHENTICATED', 'the user of a Basic authorization is "api", its password the API key');
  return text.slice(colon + 1);
}

function unreadable(): ServerError {
  return new ServerError('UNAUTHENTICATED', `the Authorization header is neither Bearer nor Basic: ${HOW}`);
}
