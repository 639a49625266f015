import { type SecretPlace, ServerSecret } from '../file/server-secret.ts';
import { readToken, signToken } from '../file/signed-token.ts';
import { ServerError } from '../server-error.ts';
import { cookieOf } from './cookie-header.ts';

const SECRET_NAME = 'sessions';
const COOKIE = 'summa_session';
const DAYS = 30;
const DAY_SECONDS = 86_400;

/**
 * Signs browsers in with a cookie that names an API key by its id, is signed, and ends after thirty days.
 *
 * It holds no secret of the key and allows what the key allows, for as long as the key works. No script can read it, and no
 * other site can have it sent.
 */
export class Sessions {
  readonly #secret: ServerSecret;
  readonly #clock: () => Date;
  readonly #secure: boolean;

  constructor({
    clock,
    ...place
  }: SecretPlace & { readonly config: { readonly publicUrl: string | undefined }; readonly clock: () => Date }) {
    this.#secret = new ServerSecret(place, SECRET_NAME);
    this.#clock = clock;
    this.#secure = place.config.publicUrl?.startsWith('https:') === true;
  }

  /** The `Set-Cookie` header that signs in with this key. */
  async start(apiKeyId: string): Promise<string> {
    const expiresAt = new Date(this.#clock().getTime() + DAYS * DAY_SECONDS * 1000);
    const token = signToken(await this.#secret.get(), 'session', { fields: [apiKeyId], expiresAt });
    return this.#setCookie(token, DAYS * DAY_SECONDS);
  }

  /** The `Set-Cookie` header that signs out. */
  end(): string {
    return this.#setCookie('', 0);
  }

  /**
   * The id of the key that a `Cookie` header is signed in with; undefined when it has no session.
   *
   * @throws ServerError UNAUTHENTICATED when its session has ended or is not one of this server
   */
  async read(header: string | undefined): Promise<string | undefined> {
    const token = cookieOf(header, COOKIE);
    if (token === undefined) return undefined;
    try {
      return readToken(await this.#secret.get(), 'session', { token, now: this.#clock() })[0];
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      throw new ServerError('UNAUTHENTICATED', 'this session has ended; sign in again with an API key');
    }
  }

  #setCookie(value: string, maxAgeSeconds: number): string {
    const secure = this.#secure ? '; Secure' : '';
    return `${COOKIE}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
  }
}
