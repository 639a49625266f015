import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { startS3Server } from '../testing/s3-server.ts';
import { openBlobStore } from './open-blob-store.ts';

describe('the blob store', () => {
  it('is a folder in the data folder unless the settings name a bucket', async () => {
    const store = await openBlobStore(parseConfig({ SUMMA_DATA_DIR: '/srv/summa' }));
    expect(store.place).toBe('/srv/summa/blobs');
  });

  it('is the bucket that the settings name', async () => {
    const s3 = await startS3Server();
    const store = await openBlobStore(parseConfig(s3.env));
    expect(store.place).toBe(`the bucket files at ${new URL(s3.url).host}`);
    store.close();
    await s3.close();
  });

  it('that does not answer, or has no such bucket, is named when the server starts', async () => {
    const s3 = await startS3Server();
    const missing = parseConfig({ ...s3.env, SUMMA_S3_BUCKET: 'missing' });
    await expect(openBlobStore(missing)).rejects.toMatchObject({
      code: 'BLOB_STORE_UNREACHABLE',
      message: expect.stringContaining('the bucket missing at 127.0.0.1'),
    });
    await s3.close();
    await expect(openBlobStore(parseConfig(s3.env))).rejects.toMatchObject({ code: 'BLOB_STORE_UNREACHABLE' });
  });
});
