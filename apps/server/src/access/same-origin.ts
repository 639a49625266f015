import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../config.ts';

/**
 * Whether a browser says that a request comes from a page of this server: its `Origin` is the public URL's, or the host that
 * the request itself was sent to. A request that does not say where it comes from does not come from a page of ours.
 */
export function isSameOrigin(config: Pick<Config, 'publicUrl'>, { origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (config.publicUrl !== undefined && from.origin === new URL(config.publicUrl).origin) return true;
  return from.host === host;
}
