import type { Endpoint } from './post-graphql.ts';

/** The address of a server, by which the credentials name it: without `/graphql` and without a slash at its end. */
export function serverAddress({ url }: Pick<Endpoint, 'url'>): string {
  return url.replace(/\/graphql$/, '').replace(/\/$/, '');
}
