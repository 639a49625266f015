const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * A signed URL as this client can reach it. A server that was never told its public address calls itself localhost; seen from
 * another machine that is wrong, and the address where the client found the server is right.
 */
export function reachableUrl(signed: string, graphqlUrl: string): string {
  const [url, known] = [new URL(signed), new URL(graphqlUrl)];
  if (!LOOPBACK.test(url.hostname) || LOOPBACK.test(known.hostname)) return signed;
  return `${known.origin}${known.pathname.replace(/\/graphql$/, '')}${url.pathname}${url.search}`;
}
