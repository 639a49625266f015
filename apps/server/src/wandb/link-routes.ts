import type { FastifyInstance } from 'fastify';

/** Adds the redirects of links that the client prints: they begin with the base URL that it was given; the web app is above it. */
export function addLinkRoutes(door: FastifyInstance): void {
  for (const url of ['/:entity', '/:entity/:project', '/:entity/:project/*']) {
    door.get(url, (request, reply) => {
      // Taken apart here, because a wildcard does not tell an escaped slash from one that parts names.
      const [, path = '', query = ''] = /^\/wandb\/([^?]*)(.*)$/s.exec(request.url) ?? [];
      return reply.redirect(webPath(path.split('/').map(decodeURIComponent)) + query, 302);
    });
  }
}

/**
 * The path of the web app for a path of W&B: a run's pages are `/entity/project/runs/run`, a project's (workspace, table, sweeps and
 * what else there is) `/entity/project`. It always begins with one slash, so that no link leads to another site.
 */
export function webPath([entity = '', project = '', page, run = '']: readonly string[]): string {
  const isRun = page === 'runs' && run !== '';
  const names = [entity, project, ...(isRun ? ['runs', run] : [])].filter((name) => name !== '');
  return `/${names.map(encodeURIComponent).join('/')}`;
}
