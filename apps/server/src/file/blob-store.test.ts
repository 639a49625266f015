import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestBlobStore, STORE_KINDS, TEST_PART_BYTES, type TestBlobStore } from '../testing/test-blob-stores.ts';

async function* inChunks(bytes: Buffer, size = 70_001): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* failing(bytes: Buffer): AsyncGenerator<Buffer> {
  yield* inChunks(bytes);
  await sleep(20);
  throw new Error('the line went dead');
}

describe.each(STORE_KINDS)('a blob store (%s)', (kind) => {
  let test: TestBlobStore;
  beforeAll(async () => {
    test = await openTestBlobStore(kind);
  });
  afterAll(() => test.close());

  const stored: { projectId: string; objectId: string }[] = [];
  const newObject = () => {
    const object = { projectId: randomUUID(), objectId: randomUUID() };
    stored.push(object);
    return object;
  };
  afterEach(async () => {
    for (const object of stored.splice(0)) await test.store.remove(object);
    expect(await test.list()).toEqual([]);
  });

  it.each([
    ['no bytes', 0],
    ['one byte', 1],
    ['exactly one part', TEST_PART_BYTES],
    ['one byte more than a part', TEST_PART_BYTES + 1],
    ['seven parts and a bit', 7 * TEST_PART_BYTES + 12_345],
  ])('gives back %s as they were', async (_what, size) => {
    const [object, bytes] = [newObject(), randomBytes(size)];
    await test.store.put(object, inChunks(bytes), size);
    expect((await buffer(await test.store.open(object))).equals(bytes)).toBe(true);
  });

  it('gives parts, their ends included', async () => {
    const [object, bytes] = [newObject(), randomBytes(3 * TEST_PART_BYTES)];
    await test.store.put(object, inChunks(bytes), bytes.length);
    for (const [start, end] of [
      [0, 0],
      [TEST_PART_BYTES - 1, TEST_PART_BYTES],
      [bytes.length - 1, bytes.length - 1],
      [5, bytes.length - 1],
    ] as const) {
      const part = await buffer(await test.store.open(object, { start, end }));
      expect(part.equals(bytes.subarray(start, end + 1))).toBe(true);
    }
  });

  it.each([
    ['before the first byte', 0],
    ['in the first part', 100_000],
    ['in the fifth part', 4 * TEST_PART_BYTES + 99],
  ])('keeps nothing when the source breaks off %s', async (_when, sent) => {
    const before = await test.list();
    const put = test.store.put(newObject(), failing(randomBytes(sent)), 8 * TEST_PART_BYTES);
    await expect(put).rejects.toThrow('the line went dead');
    expect(await test.list()).toEqual(before);
  });

  it('names an object that is not there', async () => {
    await expect(test.store.open(newObject())).rejects.toMatchObject({ code: 'CORRUPT_DATA' });
  });

  it('removes what is not there without an error', async () => {
    await expect(test.store.remove(newObject())).resolves.toBeUndefined();
  });

  it('keeps objects of different names apart while they are written at once', async () => {
    const objects = Array.from({ length: 6 }, (_, i) => ({ object: newObject(), bytes: randomBytes(i * 700_000 + 1) }));
    await Promise.all(objects.map(({ object, bytes }) => test.store.put(object, inChunks(bytes), bytes.length)));
    for (const { object, bytes } of objects)
      expect((await buffer(await test.store.open(object))).equals(bytes)).toBe(true);
  });
});

it('a folder on a full disk says so, and keeps nothing', async () => {
  const test = await openTestBlobStore('folder');
  // What the disk says; it reaches the store as any failure while it writes.
  async function* untilFull(): AsyncGenerator<Buffer> {
    yield randomBytes(1_000);
    throw Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
  }
  const put = test.store.put({ projectId: randomUUID(), objectId: randomUUID() }, untilFull(), 2_000);
  await expect(put).rejects.toMatchObject({ code: 'STORAGE_FULL' });
  expect(await test.list()).toEqual([]);
  await test.close();
});
