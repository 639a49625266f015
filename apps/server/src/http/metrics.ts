import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

declare module 'fastify' {
  interface FastifyInstance {
    /** Where a route registers Prometheus metrics of its own. */
    metrics: Registry;
  }
}

/**
 * Measures every request by method, route and status, and the pool's connections, and serves it all at `/metrics` for
 * Prometheus, to whoever has a key. `app.metrics` takes more.
 */
export function addMetrics(
  app: FastifyInstance,
  options: { pool: Pool; requireKey: (request: FastifyRequest) => Promise<unknown> },
): void {
  const registry = new Registry();
  app.decorate('metrics', registry);
  collectDefaultMetrics({ register: registry });
  measureRequests(app, registry);
  measurePool(options.pool, registry);
  app.get('/metrics', async (request, reply) => {
    await options.requireKey(request);
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}

function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern, never the path: paths would make a new series each.
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

function measurePool(pool: Pool, registry: Registry): void {
  const connections = new Gauge({
    name: 'summa_database_connections',
    help: 'Connections of the database pool, by what they do; waiting: requests that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}
