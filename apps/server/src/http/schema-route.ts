import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { introspectionText } from '../graphql/introspection.ts';

/**
 * Serves the schema without a key, with ETags so that a tool can ask cheaply whether it changed: its text at `/schema.graphql`, and
 * at `/schema.json` what introspection answers.
 */
export function addSchemaRoute(app: FastifyInstance, schema: string): void {
  addDocument(app, '/schema.graphql', { type: 'text/plain; charset=utf-8', read: () => schema });
  addDocument(app, '/schema.json', { type: 'application/json; charset=utf-8', read: () => introspectionText(schema) });
}

interface Document {
  readonly type: string;
  readonly read: () => string;
}

/** Serves a text that stays what it is as long as the server runs; it is made when somebody first asks for it. */
function addDocument(app: FastifyInstance, path: string, { type, read }: Document): void {
  let made: { readonly text: string; readonly etag: string } | null = null;
  app.get(path, async (request, reply) => {
    made ??= tagged(read());
    // A tool may keep it, and asks each time whether it is still the same.
    void reply.header('etag', made.etag).header('cache-control', 'public, no-cache');
    if (matches(request.headers['if-none-match'], made.etag)) return reply.code(304).send();
    return reply.header('content-type', type).send(made.text);
  });
}

function tagged(text: string) {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` };
}

function matches(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
