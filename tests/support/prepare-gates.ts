import { fileURLToPath } from 'node:url';
import { installRuntime } from '../packaging/support/runtimes.ts';
import { pythonEnvironment } from '../python/python.ts';
import makeEnvironments from '../wandb/make-environment.ts';
import installChromium from '../web/support/install-chromium.ts';

// What the slower gates of CI install, made while the tests run: they find it there. What fails here is tried again by the gate that
// needs it, which then says why.

const requirements = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const results = await Promise.allSettled([
  installChromium(),
  makeEnvironments(),
  pythonEnvironment(requirements('../python/scripts/requirements.txt')),
  pythonEnvironment(requirements('../../examples/codegen/python/requirements.txt')),
  installRuntime('node'),
  installRuntime('deno'),
  installRuntime('bun'),
]);
for (const result of results) if (result.status === 'rejected') process.stderr.write(`${String(result.reason)}\n`);
