import { createHash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';

const WELCOME = `# Give your API key in the tab Headers below: { "authorization": "Bearer summa_…" }
query Viewer {
  viewer {
    name
    entity {
      projects(first: 10) {
        nodes {
          path
          runCount
        }
      }
    }
  }
}
`;

/** Adds the GraphiQL page. It holds all its code itself and needs no key; the key is typed into its headers. */
export function addGraphiqlRoute(app: FastifyInstance): void {
  const page = renderGraphiQL({
    title: 'Summa GraphiQL',
    endpoint: '/graphql',
    defaultQuery: WELCOME,
    headers: '{ "authorization": "Bearer " }',
    shouldPersistHeaders: false,
  });
  const policy = contentPolicy(page);
  app.get('/graphiql', async (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer')
      .header('x-content-type-options', 'nosniff')
      .send(page),
  );
}

/** Lets the page run its own scripts, by their hashes, talk to this server, and nothing else. */
function contentPolicy(page: string): string {
  const hashes = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => hashSource(script ?? ''));
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    'worker-src blob: data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
