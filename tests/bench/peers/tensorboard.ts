import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameWithVersion, runWriter, startPeer } from './process.ts';
import { getJson, type Product } from './product.ts';

/** `tensorboardX` writing to a folder, without a server; `tensorboard` over it draws a sample of 1,000 points. */
export async function tensorboardProduct(programs: string): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'summa-tensorboard-'));
  const peer = await startPeer({
    program: join(programs, 'tensorboard'),
    args: (port) => ['--logdir', folder, '--host', '127.0.0.1', '--port', String(port), '--reload_interval', '1'],
    path: '/data/environment',
  });
  return {
    name: await nameWithVersion('TensorBoard', 'tensorboard'),
    logRun: (rows) => runWriter(programs, { script: 'tensorboard_write.py', folder, rows }),
    async chart(run) {
      const query = new URLSearchParams({ run, tag: 'm0' });
      return ((await getJson(`${peer.url}/data/plugin/scalars/scalars?${query}`)) as unknown[]).length;
    },
    async [Symbol.asyncDispose]() {
      await peer[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
