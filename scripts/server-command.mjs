// How the server is started, by `npm start` as by tests and the bench.
import { join } from 'node:path';
import { root } from './prepare.mjs';

/**
 * Room for what a request makes and nobody needs a moment later: V8's own 16 MiB are full several times while one large `log` is read,
 * and what is then still in use is moved to the old objects, to be found again by longer pauses.
 */
const NODE_FLAGS = ['--max-semi-space-size=64'];

/** The program and the arguments that start the built server with `args`. */
export function serverCommand(args) {
  return [process.execPath, [...NODE_FLAGS, join(root, 'apps/server/dist/main.js'), ...args]];
}
