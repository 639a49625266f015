import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

// In a checkout that was not built, a thread has to load the loader of TypeScript first.
const IS_SOURCE = import.meta.url.endsWith('.ts');
const START_SOURCE = `import(process.env.LOADER).then(({ register }) => { register(); return import(process.env.ENTRY); });`;

/** Starts a thread with the module `entry`, a URL without its ending beside the caller's own; the thread gets no environment. */
export function startThread(entry: URL, options: WorkerOptions = {}): Worker {
  const file = new URL(`${entry.href}${IS_SOURCE ? '.ts' : '.js'}`);
  if (!IS_SOURCE) return new Worker(file, { ...options, env: {} });
  const tsx = createRequire(import.meta.url).resolve('tsx/package.json');
  const env = { LOADER: new URL('dist/esm/api/index.mjs', pathToFileURL(tsx)).href, ENTRY: file.href };
  return new Worker(START_SOURCE, { ...options, env, eval: true, execArgv: ['--conditions=@summa/source'] });
}
