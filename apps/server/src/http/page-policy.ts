import type { Config } from '../config.ts';

/**
 * The headers of every page of the web app: it runs its own scripts and styles only, talks to this server only, and stands
 * in no frame. Files may come from the public URL, and from the store itself when downloads are sent there.
 */
export function pageHeaders(config: Pick<Config, 'publicUrl' | 's3Redirect' | 's3Endpoint' | 's3Bucket'>) {
  const places = ["'self'", ...fileOrigins(config)].join(' ');
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      `img-src ${places} data: blob:`,
      `media-src ${places} blob:`,
      `connect-src ${places}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

function fileOrigins({ publicUrl, s3Bucket, s3Endpoint, s3Redirect }: Parameters<typeof pageHeaders>[0]): string[] {
  const own = publicUrl === undefined ? [] : [new URL(publicUrl).origin];
  if (s3Bucket === undefined || s3Redirect === 'off') return own;
  if (s3Endpoint === undefined) return [...own, 'https://*.amazonaws.com'];
  // With the bucket in the host name the store answers below its own host.
  const { protocol, host } = new URL(s3Endpoint);
  return [...own, `${protocol}//${host}`, `${protocol}//*.${host}`];
}
