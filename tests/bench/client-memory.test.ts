import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startSumma } from '../support/summa-process.ts';

const MIB = 1024 * 1024;
const PARTS = 12;
const PART = 32 * MIB;
/** What the client may take more for a file, whatever its size. */
const MOST_GROWTH = 120 * MIB;
const TRANSFER = fileURLToPath(new URL('../support/transfer-process.ts', import.meta.url));

async function writeRandom(path: string): Promise<void> {
  const file = await open(path, 'w');
  for (let part = 0; part < PARTS; part++) await file.write(randomBytes(PART));
  await file.close();
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

it('sends and fetches a file of 384 MiB from and to disk without holding it', async () => {
  await using summa = await startSumma();
  const folder = await mkdtemp(join(tmpdir(), 'summa-large-'));
  const [sent, received] = [join(folder, 'sent'), join(folder, 'received')];
  try {
    await writeRandom(sent);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@summa/source', '--import', 'tsx', TRANSFER, sent, received],
      { env: { ...process.env, SUMMA_URL: summa.url, SUMMA_API_KEY: summa.apiKey } },
    );
    const growth: { upload: number; download: number } = JSON.parse(stdout);
    console.info(
      `client: upload +${Math.round(growth.upload / MIB)} MiB, download +${Math.round(growth.download / MIB)} MiB`,
    );
    expect(growth.upload).toBeLessThan(MOST_GROWTH);
    expect(growth.download).toBeLessThan(MOST_GROWTH);
    expect(await hashOf(received)).toBe(await hashOf(sent));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
