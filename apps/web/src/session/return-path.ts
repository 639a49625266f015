/**
 * Where to go after signing in: the path that one wanted, if it is a path of this app and not the sign-in page itself.
 *
 * Whatever else is given (another origin, a text that a browser would read as one) leads home.
 */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || /^\/[/\\]|[\p{Cc}\\]/u.test(wanted)) return '/';
  return wanted === '/sign-in' || /^\/sign-in[?/]/.test(wanted) ? '/' : wanted;
}
