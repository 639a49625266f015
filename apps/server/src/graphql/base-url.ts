import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

/**
 * Where this server is reached from outside, without a slash at the end: what the operator says, else where it listens.
 *
 * What a request says of its host is never believed.
 */
export function baseUrlOf(config: Pick<Config, 'publicUrl' | 'host' | 'port'>, app: FastifyInstance): string {
  if (config.publicUrl !== undefined) return config.publicUrl.replace(/\/+$/, '');
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
