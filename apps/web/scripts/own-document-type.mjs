// The generated documents take their type from @graphql-typed-document-node/core. The client's own type of the same shape
// stands in for it, so that nothing more is installed.
import { readdir, readFile, writeFile } from 'node:fs/promises';

const folder = new URL('../src/generated/', import.meta.url);
const foreign = /import type \{ DocumentTypeDecoration \} from '@graphql-typed-document-node\/core';/;
const own = "import type { TypedDocument as DocumentTypeDecoration } from '@summa/client';";

let replaced = 0;
for (const name of await readdir(folder)) {
  const file = new URL(name, folder);
  const text = await readFile(file, 'utf8');
  if (!foreign.test(text)) continue;
  await writeFile(file, text.replace(foreign, own));
  replaced += 1;
}
if (replaced === 0) throw new Error('No generated file imports DocumentTypeDecoration: has the preset changed?');
