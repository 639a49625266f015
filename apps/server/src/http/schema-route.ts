import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** Serves the schema's text at `/schema.graphql`, without a key, with an ETag so that a tool can ask cheaply whether it changed. */
export function addSchemaRoute(app: FastifyInstance, schema: string): void {
  const etag = `"${createHash('sha256').update(schema).digest('base64url').slice(0, 27)}"`;
  app.get('/schema.graphql', async (request, reply) => {
    void reply.header('etag', etag).header('cache-control', 'no-cache');
    if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.header('content-type', 'text/plain; charset=utf-8').send(schema);
  });
}

function matches(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
