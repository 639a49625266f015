import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameWithVersion, runWriter } from './process.ts';
import type { Product } from './product.ts';

/** Aim's own package tracking into a repository on disk, in the process of training, without a server. */
export async function aimProduct(programs: string): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'summa-aim-'));
  return {
    name: await nameWithVersion('Aim', 'aim'),
    logRun: (rows) => runWriter(programs, { script: 'aim_write.py', folder, rows }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
