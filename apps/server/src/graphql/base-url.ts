import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

/** Asking for an address is a system call, and a server that listens keeps its port. */
const knownPorts = new WeakMap<FastifyInstance['server'], number>();

/**
 * Where this server is reached from outside, without a slash at the end: what the operator says, else where it listens.
 *
 * What a request says of its host is never believed.
 */
export function baseUrlOf(config: Pick<Config, 'publicUrl' | 'host' | 'port'>, app: FastifyInstance): string {
  if (config.publicUrl !== undefined) return config.publicUrl.replace(/\/+$/, '');
  const port = portOf(app.server) ?? config.port;
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function portOf(server: FastifyInstance['server']): number | undefined {
  const known = knownPorts.get(server);
  if (known !== undefined || !server.listening) return known;
  const address = server.address();
  if (typeof address !== 'object' || address === null) return undefined;
  knownPorts.set(server, address.port);
  return address.port;
}
