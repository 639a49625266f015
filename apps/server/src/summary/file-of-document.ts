import type { JsonObject } from '@summa/core/json/json-value';
import type { RequestContext } from '../access/request-context.ts';
import type { FileRecord } from '../file/file-store.ts';
import type { RunRef } from '../services.ts';

/**
 * The file of a run that a value with `path` or `sha256` speaks of: the one at the path, unless the hash says that it is
 * another by now, else any one with these bytes. Null when there is none.
 */
export async function fileOfDocument(
  { loaders }: RequestContext,
  run: RunRef,
  document: JsonObject,
): Promise<FileRecord | null> {
  const path = typeof document.path === 'string' ? document.path : null;
  const sha256 = typeof document.sha256 === 'string' ? document.sha256.toLowerCase() : null;
  const atPath = path === null || path.includes('\0') ? null : await loaders.files.load({ ...run, path });
  if (sha256 === null || !/^[0-9a-f]{64}$/.test(sha256) || atPath?.sha256 === sha256) return atPath;
  return loaders.filesByHash.load({ ...run, sha256 });
}
