import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a body may take any time, as long as bytes of it go on coming. */
    longBody?: boolean;
  }
}

/**
 * Cuts off a request whose body has not arrived within `limitMs`, or, where the route says `longBody`, of which nothing
 * arrives for so long.
 */
export function limitBodyTime(app: FastifyInstance, limitMs: number): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (!request.raw.complete) {
      if (request.routeOptions.config.longBody) cutWhenIdle(request, limitMs);
      else cutAfter(request, limitMs);
    }
    done();
  });
}

function cutAfter({ raw }: FastifyRequest, limitMs: number): void {
  const timer = setTimeout(() => raw.complete || raw.destroy(), limitMs);
  timer.unref();
  for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer));
}

function cutWhenIdle({ raw }: FastifyRequest, limitMs: number): void {
  const { socket } = raw;
  const cut = () => raw.complete || raw.destroy();
  let stopped = false;
  const stop = () => {
    // The timeout of a connection between two requests is not ours to end.
    if (stopped) return;
    stopped = true;
    socket.off('timeout', cut);
    socket.setTimeout(0);
  };
  socket.setTimeout(limitMs);
  socket.once('timeout', cut);
  for (const event of ['end', 'close']) raw.once(event, stop);
}
