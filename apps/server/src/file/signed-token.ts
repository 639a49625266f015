import { createHmac, timingSafeEqual } from 'node:crypto';
import { ServerError } from '../server-error.ts';

/** What a token allows; one for one thing is worth nothing for another. */
export type TokenPurpose = 'download' | 'session' | 'upload';

/** What a token says: some texts, and until when. */
export interface TokenContent {
  readonly fields: readonly string[];
  readonly expiresAt: Date;
}

const TOKEN = /^([A-Za-z0-9_-]{1,4096})\.([A-Za-z0-9_-]{43})$/;

/** A text for a URL or a cookie that proves that whoever knows `secret` said this. Everybody can read what it says. */
export function signToken(secret: Buffer, purpose: TokenPurpose, { fields, expiresAt }: TokenContent): string {
  const body = Buffer.from(JSON.stringify([expiresAt.getTime(), ...fields])).toString('base64url');
  return `${body}.${signatureOf(secret, purpose, body).toString('base64url')}`;
}

/**
 * The texts that a token was made of.
 *
 * @throws ServerError INVALID_URL when it was not made with this secret for this purpose, URL_EXPIRED
 */
export function readToken(
  secret: Buffer,
  purpose: TokenPurpose,
  { token, now }: { token: string; now: Date },
): readonly string[] {
  const [, body = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (!timingSafeEqual(signatureOf(secret, purpose, body), signatureBytes(signature))) {
    throw new ServerError(
      'INVALID_URL',
      'this URL was not made by this server, or has been changed; ask for a new one',
    );
  }
  // Signed by us, so it is what `signToken` wrote.
  const [expiresAt, ...fields] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [number, ...string[]];
  if (expiresAt <= now.getTime()) {
    throw new ServerError('URL_EXPIRED', `this URL expired at ${new Date(expiresAt).toISOString()}; ask for a new one`);
  }
  return fields;
}

function signatureOf(secret: Buffer, purpose: TokenPurpose, body: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose}\n${body}`).digest();
}

/** Always 32 bytes, so that they can be compared; the spare bits of the last letter must be unset, so that one token has one text. */
function signatureBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === text ? bytes : Buffer.alloc(32);
}
