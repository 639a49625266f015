// Packs every text of the built app once with brotli and gzip, so that the server sends it without packing it each time.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const TEXT = /\.(html|js|css|svg|json|txt)$/;
const SMALL_BYTES = 512;

for (const name of await readdir(dist, { recursive: true })) {
  if (!TEXT.test(name)) continue;
  const file = join(dist, name);
  const bytes = await readFile(file);
  if (bytes.length < SMALL_BYTES) continue;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, quality));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
