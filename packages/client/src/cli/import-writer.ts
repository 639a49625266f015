import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { readLines } from './read-lines.ts';

/**
 * The writer id under which a file is imported: from its name and its first line, so that the same file is known again
 * from another folder and after more lines were added to it.
 */
export async function importWriterOf(file: string): Promise<string> {
  const hash = createHash('sha256').update(basename(file));
  for await (const [first] of readLines(file)) {
    if (first === undefined) continue;
    hash.update('\n').update(first.text);
    break;
  }
  return `import-${hash.digest('hex').slice(0, 32)}`;
}
