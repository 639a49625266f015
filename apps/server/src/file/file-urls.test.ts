import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { FileUrls } from './file-urls.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

const file = { projectId: uuidV7(new Date()), runId: uuidV7(new Date()), path: 'a/ä.txt', sha256: 'f'.repeat(64) };
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const urls = (secret?: string, clock = () => new Date()) =>
  new FileUrls({ pool: test.services.database.pool, config: { secret }, clock });

describe('signed URLs', () => {
  it('of one server are good for every other of its database, from the first moment', async () => {
    const servers = await Promise.all([1, 2, 3].map(() => test.openAnother()));
    const made = await Promise.all(servers.map((each) => each.fileUrls.downloadUrl('http://x', file)));
    for (const each of servers)
      for (const url of made) expect(await each.fileUrls.readDownload(tokenOf(url))).toEqual(file);
  });

  it('are made with the secret of the operator, when there is one', async () => {
    const url = await urls('the same secret for every server!').downloadUrl('http://x', file);
    expect(await urls('the same secret for every server!').readDownload(tokenOf(url))).toEqual(file);
    await expect(urls().readDownload(tokenOf(url))).rejects.toMatchObject({ code: 'INVALID_URL' });
    await expect(urls('another secret of another operator').readDownload(tokenOf(url))).rejects.toMatchObject({
      code: 'INVALID_URL',
    });
  });

  it('stay the same for a quarter of an hour, so that what was got may be kept', async () => {
    const at = (time: string) => urls(undefined, () => new Date(`2026-11-23T${time}Z`)).downloadUrl('http://x', file);
    expect(await at('20:14:59.999')).toBe(await at('20:00:00.000'));
    expect(await at('20:15:00.000')).not.toBe(await at('20:00:00.000'));
  });
});
