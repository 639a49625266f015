import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

const VALUE = `query ($key: String!) { run(entity: "admin", project: "media", name: "media") { summary { value(key: $key) {
  __typename ... on MediaValue { type caption width height file { path size sha256 contentType url } }
  ... on HistogramValue { counts } ... on ObjectValue { kind: type object }
} } } }`;
const FILES = `{ run(entity: "admin", project: "media", name: "media") { files(first: 100, filter: { prefix: "media/" }) { nodes { path sha256 } } } }`;

/** What each kind of media is in our own API: its `_type`, the folder of its file, the type of its bytes, and what it says of itself. */
const MEDIA: readonly (readonly [key: string, type: string, folder: string, contentType: string, more: object])[] = [
  ['image', 'image-file', 'images', 'image/png', { caption: 'from numpy', width: 9, height: 6 }],
  ['drawn', 'image-file', 'images', 'image/png', { caption: null, width: 9, height: 6 }],
  ['boxes', 'image-file', 'images', 'image/png', { width: 9, height: 6 }],
  ['masks', 'image-file', 'images', 'image/png', { width: 9, height: 6 }],
  ['nested.image', 'image-file', 'images', 'image/png', { width: 9, height: 2 }],
  ['table', 'table-file', 'table', 'application/json', { caption: null, width: null }],
  ['html', 'html-file', 'html', 'text/html', {}],
  ['audio', 'audio-file', 'audio', 'audio/wav', { caption: 'a tone' }],
  ['points', 'object3D-file', 'object3D', 'application/json', {}],
];

describe('media that the W&B client logs', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  let told: { readonly written: Readonly<Record<string, string>>; readonly unequal: readonly string[] };

  const shown = async (key: string) => (await must(server, VALUE, { key })).run.summary.value;

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'media.py');
    if (!result.told) throw new Error(result.output);
    told = result.told as typeof told; // what the script writes
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('are taken without an error or a warning', () => {
    expect(complaints(result.output)).toEqual([]);
  });

  it('are files of the run, each with the bytes that the client wrote', async () => {
    const { nodes } = (await must(server, FILES)).run.files;
    const hashes = nodes.map(({ path, sha256 }: { path: string; sha256: string }) => [path, sha256]);
    expect(Object.keys(told.written)).toHaveLength(14);
    expect(Object.fromEntries(hashes)).toEqual(
      Object.fromEntries(Object.entries(told.written).map(([name, hash]) => [`media/${name}`, hash])),
    );
  });

  it('come back byte by byte through the public API', () => {
    expect(told.unequal).toEqual([]);
  });

  it.each(MEDIA)('show as typed values with their files: %s is %s', async (key, type, folder, contentType, more) => {
    const { __typename, file, ...value } = await shown(key);
    expect({ __typename, ...value }).toMatchObject({ __typename: 'MediaValue', type, ...more });
    expect(file.path.startsWith(`media/${folder}/`), file.path).toBe(true);
    expect(file.contentType).toContain(contentType);
    const bytes = new Uint8Array(await (await fetch(file.url)).arrayBuffer());
    expect(bytes.byteLength).toBe(file.size);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(told.written[file.path.slice('media/'.length)]);
  });

  it('of several images at once show the names of all files', async () => {
    const { kind, object } = await shown('several');
    expect({ kind, captions: object.captions }).toEqual({
      kind: 'images/separated',
      captions: ['part 0', 'part 1', 'part 2'],
    });
    const written = Object.keys(told.written).map((name) => `media/${name}`);
    expect(object.filenames).toHaveLength(3);
    expect(written).toEqual(expect.arrayContaining(object.filenames));
  });

  it('that are a histogram show their counts', async () => {
    const { __typename, counts } = await shown('histogram');
    expect(__typename).toBe('HistogramValue');
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(6 * 9 * 3);
  });
});
