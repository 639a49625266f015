/** First segments of paths that belong to the server: no page of the web app stands below them. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  '.well-known',
  'api',
  'assets',
  'files',
  'graphiql',
  'graphql',
  'livez',
  'metrics',
  'readyz',
  'schema.graphql',
  'schema.json',
  'wandb',
]);

const SEGMENT = /^[^/\\]{1,512}$/;
const MOST_SEGMENTS = 6;

/**
 * Whether the web app may have a page at this path (without the query): `/`, `/sign-in`, `/settings`, or an entity with
 * whatever is below it. The app itself says when there is nothing.
 */
export function isPagePath(path: string): boolean {
  if (path === '/') return true;
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  const [first = ''] = segments;
  return segments.length <= MOST_SEGMENTS && segments.every((each) => SEGMENT.test(each)) && !OF_THE_SERVER.has(first);
}
