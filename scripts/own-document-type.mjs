// `node own-document-type.mjs <module>`, in the folder of a package: the documents in its `src/generated` take their type from
// @graphql-typed-document-node/core, which would become a dependency of everyone who type-checks against the package. Our own
// type of the same shape, exported by `module`, stands in for it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [module] = process.argv.slice(2);
const folder = 'src/generated';
const foreign = /import type \{ DocumentTypeDecoration \} from '@graphql-typed-document-node\/core';/;
const own = `import type { TypedDocument as DocumentTypeDecoration } from '${module}';`;

let replaced = 0;
for (const name of await readdir(folder)) {
  const text = await readFile(join(folder, name), 'utf8');
  if (!foreign.test(text)) continue;
  await writeFile(join(folder, name), text.replace(foreign, own));
  replaced += 1;
}
if (replaced === 0) throw new Error('No generated file imports DocumentTypeDecoration: has the preset changed?');
