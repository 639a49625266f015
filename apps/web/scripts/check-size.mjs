// Fails when a screen needs more than 250 kB of gzipped JavaScript before it is seen: what index.html loads, with the
// largest chunk of a screen and whatever that needs. Prints every chunk.
import { readFile, stat } from 'node:fs/promises';

const LIMIT_BYTES = 250_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

const sizes = new Map();
for (const chunk of Object.values(manifest)) {
  if (chunk.file.endsWith('.js')) sizes.set(chunk.file, await sizeOf(chunk.file));
}

/** As it is served: packed when it was built, unless it is tiny. */
async function sizeOf(file) {
  const { size } = await stat(new URL(`${file}.gz`, dist)).catch(() => stat(new URL(file, dist)));
  return size;
}

/** The files that a chunk needs before it runs, itself included. */
function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const needed of chunk.imports ?? []) filesOf(needed, seen);
  return seen;
}

const bytesOf = (files) => [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const base = filesOf(entry);
const screens = Object.keys(manifest).filter(
  (key) => manifest[key].isDynamicEntry && /^src\/screens\/.*-screen\.tsx$/.test(key),
);
if (screens.length === 0) throw new Error('No chunk of a screen: are the screens still loaded when they are shown?');

process.stdout.write(`${kB(bytesOf(base)).padStart(9)}  the frame\n`);
let failed = false;
for (const key of screens) {
  const bytes = bytesOf(filesOf(key, new Set(base)));
  const over = bytes > LIMIT_BYTES;
  failed ||= over;
  process.stdout.write(`${kB(bytes).padStart(9)}  ${key}${over ? `  is over ${kB(LIMIT_BYTES)}` : ''}\n`);
}
process.exit(failed ? 1 : 0);
