import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { pageHeaders } from './page-policy.ts';
import { isPagePath } from './web-path.ts';

/**
 * Serves the built web app, if there is one in `SUMMA_WEB_DIR`: its assets, whose names change with their bytes, and its
 * one HTML page at every path where the app may have a page. Everything else stays a 404 in JSON.
 */
export async function registerWebRoutes(app: FastifyInstance, config: Config): Promise<void> {
  const { webDir } = config;
  const headers = pageHeaders(config);
  await app.register(fastifyStatic, { root: webDir, serve: false, preCompressed: true, suppressWarning: true });

  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
    const options = { immutable: true, maxAge: '1y', index: false } as const;
    return reply.headers(headers).sendFile(`assets/${request.params['*']}`, options);
  });
  for (const file of ['favicon.svg', 'theme.js']) {
    app.get(`/${file}`, (_request, reply) => reply.headers({ ...headers, ...REVALIDATED }).sendFile(file, AS_IS));
  }
  app.get('/*', async (request, reply) => {
    const [path = '/'] = request.url.split('?');
    if (!isPagePath(path) || (path !== '/' && !wantsPage(request))) return reply.callNotFound();
    if (!(await isBuilt(webDir))) return path === '/' ? sayNotBuilt(reply) : reply.callNotFound();
    return reply.headers({ ...headers, ...REVALIDATED }).sendFile('index.html', AS_IS);
  });
}

// Asked for again each time, answered with 304 while it is the same.
const REVALIDATED = { 'cache-control': 'no-cache' } as const;
const AS_IS = { cacheControl: false } as const;

// A program that asks for a path with a slip in it is to get its 404, not a page.
function wantsPage(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}

function isBuilt(webDir: string): Promise<boolean> {
  return access(join(webDir, 'index.html')).then(
    () => true,
    () => false,
  );
}

function sayNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .type('text/plain; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(
      'Summa is running. No web app is built here: `npm start` builds it, or SUMMA_WEB_DIR says where it is.\n' +
        'The API is at /graphql, its schema at /schema.graphql.\n',
    );
}
