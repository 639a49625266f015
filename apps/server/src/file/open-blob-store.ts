import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { BlobStore } from './blob-store.ts';
import { FolderBlobStore } from './folder-blob-store.ts';

/** The blob store in the data folder. */
export function folderBlobStore(config: Pick<Config, 'dataDir'>): BlobStore {
  return new FolderBlobStore(join(config.dataDir, 'blobs'));
}

/**
 * The blob store that the settings name: the bucket of `SUMMA_S3_BUCKET`, proved to answer, or the folder.
 *
 * @throws StartError BLOB_STORE_UNREACHABLE
 */
export async function openBlobStore(config: Config): Promise<BlobStore> {
  if (config.s3Bucket === undefined) return folderBlobStore(config);
  // Loaded only where it is used: it doubles the time in which the server starts.
  const { S3BlobStore } = await import('./s3-blob-store.ts');
  const store = new S3BlobStore({ ...config, s3Bucket: config.s3Bucket });
  await store.check();
  return store;
}
