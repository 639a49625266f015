import { createHash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';

const WELCOME = `# Are you signed in to the web app? Then this runs as it is.
# Else give an API key below, under Headers:
# { "authorization": "Bearer summa_…" }
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

/**
 * Adds the GraphiQL page. It holds all its code itself and needs no key: who is signed in to the web app asks with that
 * session, anybody else types a key into its headers. No header stands there before, for one would hide the session.
 */
export function addGraphiqlRoute(app: FastifyInstance): void {
  const page = renderGraphiQL({
    title: 'Summa GraphiQL',
    endpoint: '/graphql',
    defaultQuery: WELCOME,
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
