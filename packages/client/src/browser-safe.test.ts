import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

it('imports nothing but this workspace’s own code from its main entry', async () => {
  const foreign = new Set<string>();
  const files = await importedFrom(new URL('./index.ts', import.meta.url), foreign);
  expect([...foreign]).toEqual([]);
  expect(files.size).toBeGreaterThan(30);
});

const core = new URL('.', `file://${createRequire(import.meta.url).resolve('../../core/package.json')}`);

/** What whoever does not ask for `node` gets, as browsers and bundlers for them do not. */
const browserPlatform = new URL(`../${manifest.imports['#platform'].default['@summa/source']}`, import.meta.url);

/** Every file that a file imports, and those import; what is neither ours nor core's goes to `foreign`. */
async function importedFrom(file: URL, foreign: Set<string>, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  const text = await readFile(file, 'utf8');
  for (const [, specifier = ''] of text.matchAll(/^(?:import|(?:import|export)\b[^;'"=]*?\bfrom) '([^']+)';/gm)) {
    if (specifier.startsWith('.')) await importedFrom(new URL(specifier, file), foreign, seen);
    else if (specifier === '#platform') await importedFrom(browserPlatform, foreign, seen);
    else if (specifier.startsWith('@summa/core/')) {
      await importedFrom(new URL(`src/${specifier.slice('@summa/core/'.length)}.ts`, core), foreign, seen);
    } else foreign.add(`${specifier} in ${file.pathname}`);
  }
  return seen;
}
