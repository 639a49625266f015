// Makes dist stand alone: the modules of @summa/core that it imports are copied into dist/core, and the imports point there.
// What is published has no dependency then. The sources go on importing @summa/core.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const core = fileURLToPath(new URL('../../core/dist', import.meta.url));
const inlined = join(dist, 'core');

const fromCore = /(['"])@summa\/core\/([\w/-]+)\1/g;
const relativeModule = /(?:\bfrom |\bimport |\bimport\()(['"])(\.[^'"]+?)\.(?:ts|js)\1/g;
const sourceMap = /\n\/\/# sourceMappingURL=.*\s*$/;

const taken = new Set();
await rm(inlined, { recursive: true, force: true });
for (const file of await modulesIn(dist)) {
  const text = await readFile(file, 'utf8');
  const needed = [...text.matchAll(fromCore)].map(([, , module]) => module);
  if (needed.length === 0) continue;
  const place = relative(dirname(file), inlined) || '.';
  await writeFile(
    file,
    text.replace(fromCore, (_, quote, module) => `${quote}${asSpecifier(join(place, module))}.js${quote}`),
  );
  for (const module of needed) await take(module);
}

/** Every module of dist, its types included. */
async function modulesIn(folder) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.(?:js|d\.ts)$/.test(name)).map((name) => join(folder, name));
}

/** Copies a module of core with its types, and whatever those import. */
async function take(module) {
  if (taken.has(module)) return;
  taken.add(module);
  for (const end of ['.js', '.d.ts']) {
    const text = await readFile(join(core, module + end), 'utf8');
    const target = join(inlined, module + end);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replace(sourceMap, '\n'));
    for (const [, , other] of text.matchAll(relativeModule)) await take(join(dirname(module), other));
  }
}

function asSpecifier(path) {
  return path.startsWith('.') ? path : `./${path}`;
}
