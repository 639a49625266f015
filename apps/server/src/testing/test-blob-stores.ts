import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from '../config.ts';
import type { BlobStore } from '../file/blob-store.ts';
import { FolderBlobStore } from '../file/folder-blob-store.ts';
import { S3BlobStore } from '../file/s3-blob-store.ts';
import { startS3Server } from './s3-server.ts';
import { createTestFolder } from './test-folder.ts';

/** The blob stores that every test of files runs against. */
export const STORE_KINDS = ['folder', 'S3'] as const;
/** One of `STORE_KINDS`. */
export type StoreKind = (typeof STORE_KINDS)[number];

/** A blob store of one test file. */
export interface TestBlobStore {
  readonly store: BlobStore;
  /** Everything that it keeps, whole or broken, by whatever name. */
  list(): Promise<string[]>;
  close(): Promise<void>;
}

/** Small enough for a test to have many parts. */
export const TEST_PART_BYTES = 1024 * 1024;

/** An empty blob store of this kind. */
export async function openTestBlobStore(kind: StoreKind): Promise<TestBlobStore> {
  return kind === 'folder' ? openFolder() : openS3();
}

async function openFolder(): Promise<TestBlobStore> {
  const folder = await createTestFolder('blobs');
  return {
    store: new FolderBlobStore(folder),
    list: () => listFiles(folder),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function openS3(): Promise<TestBlobStore> {
  const server = await startS3Server();
  const { s3Bucket = '', ...config } = parseConfig(server.env);
  const store = new S3BlobStore({ ...config, s3Bucket }, { smallestBytes: TEST_PART_BYTES });
  await store.check();
  return {
    store,
    list: server.list,
    async close() {
      store.close();
      await server.close();
    },
  };
}

/** Every file below a folder, by its path in it. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const files: string[] = [];
  for (const entry of entries) if ((await stat(join(folder, entry))).isFile()) files.push(entry);
  return files;
}
