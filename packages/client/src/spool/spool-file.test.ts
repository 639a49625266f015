import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Outgoing, outgoingChange } from '../live-run/outgoing.ts';
import { lifeOf, thisProcess } from './process-identity.ts';
import { findRest, scanSpool } from './scan-spool.ts';
import { SpoolFile } from './spool-file.ts';
import type { SpoolHeader } from './spool-header.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summa-spool-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const header: SpoolHeader = {
  format: 'summa-spool',
  version: 1,
  url: 'http://127.0.0.1:4000/graphql',
  start: {
    input: { project: 'p', name: 'n', writer: 'w', config: { lr: Number.NaN, big: 2n ** 70n } },
    isNameRandom: true,
  },
  process: thisProcess(),
  firstEntry: 0,
};
const run = { id: 'run-1', path: 'e/p/n', acceptedRows: 0 };
const row = (text: string): Outgoing => ({ kind: 'row', text });

function createSpool(name: string, maxBytes = 1e9) {
  const failures: Error[] = [];
  const spool = SpoolFile.create(join(folder, name), header, { maxBytes, onFailure: (error) => failures.push(error) });
  return { spool, failures };
}

/** The next items from a position on, read in parts. */
async function readItems(
  spool: SpoolFile,
  from: number,
  { count, partBytes = 1e6 }: { count: number; partBytes?: number },
) {
  const items: Outgoing[] = [];
  for (let position = from; items.length < count; ) {
    const part = await spool.read(position, partBytes);
    items.push(...part.items);
    position = part.next;
  }
  return items;
}

const anyItem: fc.Arbitrary<Outgoing> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }).map((text) => row(Buffer.from(text).toString())),
  fc.string({ maxLength: 3 }).map((text) => row(text.repeat(40_000))),
  fc.double().map((value) => outgoingChange({ kind: 'summary', input: { set: { a: value, __proto__: value } } })),
  fc.constantFrom(0, 3).map((exitCode) => outgoingChange({ kind: 'finish', exitCode })),
  fc
    .array(fc.record({ path: fc.string(), sha256: fc.string(), bytes: fc.uint8Array().map((b) => new Uint8Array(b)) }))
    .map((files): Outgoing => ({ kind: 'files', files })),
);

describe('a spool', () => {
  it('gives back what was appended, in order, in parts of any size', async () => {
    let i = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyItem, { maxLength: 30 }),
        fc.integer({ min: 1, max: 300_000 }),
        async (items, partBytes) => {
          const { spool } = createSpool(`${i++}.spool`);
          const from = spool.position;
          for (const item of items) {
            expect(spool.append([item])).toBe(true);
            spool.settle({ entries: 0, rows: 0 });
          }
          expect(await readItems(spool, from, { count: items.length, partBytes })).toEqual(items);
          spool.remove();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has handed a row to the operating system when append returns', async () => {
    const { spool } = createSpool('a.spool');
    spool.append([row('{"step":0}')]);
    expect((await readFile(spool.path)).includes('{"step":0}')).toBe(true);
    expect((await stat(spool.path)).size).toBe(spool.position);
    expect((await stat(spool.path)).mode & 0o777).toBe(0o600);
  });

  it('says with which start, for which run, what is left and what was refused', async () => {
    const { spool } = createSpool('a.spool');
    spool.start(run);
    for (let i = 0; i < 5; i++) spool.append([row(`row ${i}`)]);
    spool.settle({ entries: 2, rows: 2 });
    spool.refuse(3);
    const contents = await scanSpool(spool.path);
    expect(contents).toEqual({
      path: spool.path,
      header,
      run,
      entries: 5,
      settled: { entries: 2, rows: 2 },
      refused: new Set([3]),
      isClosed: false,
      ending: 'end',
      end: spool.position,
    });
    expect(await findRest(contents, 2)).toMatchObject({ entry: 2, count: 3, rows: 3 });
    spool.close();
    expect((await scanSpool(spool.path)).isClosed).toBe(true);
  });

  it('does not send a change again that stands before a row which the server has', async () => {
    const { spool } = createSpool('a.spool');
    spool.start(run);
    const set = outgoingChange({ kind: 'summary', input: { set: { a: 1 } } });
    const items = [row('0'), set, row('1'), set, row('2')];
    for (const item of items) spool.append([item]);
    const contents = await scanSpool(spool.path);
    const left = async (acceptedRows: number) => {
      const { position, count } = await findRest(contents, acceptedRows);
      return readItems(spool, position, { count });
    };
    expect(await left(0)).toEqual(items);
    expect(await left(1)).toEqual(items.slice(1));
    expect(await left(2)).toEqual(items.slice(3));
    expect(await left(3)).toEqual([]);
  });

  it('counts rows that the server refused among its items and not among the writer’s rows', async () => {
    const { spool } = createSpool('a.spool');
    spool.start({ ...run, acceptedRows: 10 });
    for (let i = 0; i < 4; i++) spool.append([row(`row ${i}`)]);
    spool.refuse(1);
    // Rows 10, 11 and 12 of the writer are "row 0", "row 2" and "row 3".
    const { position, count } = await findRest(await scanSpool(spool.path), 12);
    expect(await readItems(spool, position, { count })).toEqual([row('row 3')]);
  });

  it('is begun anew, with what is not settled, once much of it is', async () => {
    const { spool } = createSpool('a.spool');
    spool.start(run);
    for (let i = 0; i < 20; i++) spool.append([row(String(i).padEnd(1_000_000))]);
    spool.settle({ entries: 19, rows: 19 });
    spool.trim({ entries: 19, rows: 19 }, [row('19')]);
    expect(spool.position).toBeLessThan(1_000);
    spool.append([row('20')]);
    const contents = await scanSpool(spool.path);
    expect(contents).toMatchObject({
      entries: 21,
      settled: { entries: 19, rows: 19 },
      run: { ...run, acceptedRows: 19 },
    });
    const { position, count } = await findRest(contents, 20);
    expect(await readItems(spool, position, { count })).toEqual([row('20')]);
  });

  it('takes no row beyond its bytes, but changes, so that a run can be ended', async () => {
    const { spool } = createSpool('a.spool', 2_000);
    let kept = 0;
    while (spool.append([row('x'.repeat(100))])) kept += 1;
    expect(spool.position).toBeLessThanOrEqual(2_000);
    expect(kept).toBeGreaterThan(5);
    expect(spool.append([outgoingChange({ kind: 'finish', exitCode: 0 }), row('y'.repeat(2_000))])).toBe(false);
    expect(spool.append([outgoingChange({ kind: 'finish', exitCode: 0 })])).toBe(true);
    expect(await scanSpool(spool.path)).toMatchObject({ entries: kept + 1, ending: 'end' });
  });

  it('is not opened where another of the same writer was left', () => {
    createSpool('a.spool');
    expect(() => createSpool('a.spool')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  });
});

describe('a spool that was cut off at any byte', () => {
  it('has every item before that byte, and is torn there', async () => {
    const { spool } = createSpool('a.spool');
    const ends = [spool.position];
    for (let i = 0; i < 8; i++) {
      spool.append([row('x'.repeat(i * 3))]);
      ends.push(spool.position);
    }
    const path = join(folder, 'torn.spool');
    const whole = await readFile(spool.path);
    for (let length = ends[0] ?? 0; length <= whole.length; length++) {
      await writeFile(path, whole.subarray(0, length));
      const { entries, ending, end } = await scanSpool(path);
      const last = ends.filter((at) => at <= length).length - 1;
      expect([entries, ending, end]).toEqual([last, ends[last] === length ? 'end' : 'torn', ends[last]]);
    }
  });

  it('goes on behind its last whole frame when it is taken up', async () => {
    const { spool } = createSpool('a.spool');
    spool.append([row('first')]);
    spool.append([row('second')]);
    await truncate(spool.path, spool.position - 3);
    const { end } = await scanSpool(spool.path);
    const again = SpoolFile.adopt(spool.path, { header, run, position: end, isDamaged: false });
    again.append([row('third')]);
    expect(await scanSpool(spool.path)).toMatchObject({ entries: 2, ending: 'end' });
    expect((await again.read(end, 100)).items).toEqual([row('third')]);
  });

  it('is torn, not damaged, where a loss of power left zeros to its end', async () => {
    const { spool } = createSpool('a.spool');
    spool.append([row('first')]);
    await appendFile(spool.path, Buffer.alloc(3_000_000));
    expect(await scanSpool(spool.path)).toMatchObject({ entries: 1, ending: 'torn', end: spool.position });
  });
});

describe('a spool with one changed byte', () => {
  it('is damaged at the frame that holds it, wherever it is', async () => {
    const { spool } = createSpool('a.spool');
    const starts: number[] = [];
    for (let i = 0; i < 6; i++) {
      starts.push(spool.position);
      spool.append([row(`row ${i}`)]);
    }
    const whole = await readFile(spool.path);
    for (let at = starts[0] ?? 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      await writeFile(join(folder, 'b.spool'), changed);
      const frame = starts.filter((start) => start <= at).length - 1;
      const { entries, ending, end } = await scanSpool(join(folder, 'b.spool'));
      expect([entries, ending, end]).toEqual([frame, 'damaged', starts[frame]]);
    }
  });

  it('rejects the reader with the byte of the damage', async () => {
    const { spool } = createSpool('a.spool');
    spool.append([row('first')]);
    const from = spool.position;
    spool.append([row('second')]);
    const file = await open(spool.path, 'r+');
    await file.write('X', from + 14);
    await file.close();
    await expect(spool.read(from, 100)).rejects.toMatchObject({
      code: 'SPOOL_DAMAGED',
      message: expect.stringContaining(`at byte ${from};`),
    });
  });
});

describe('the process of a spool', () => {
  it('lives while it lives, and not when another has its number', () => {
    expect(lifeOf(thisProcess())).toBe('alive');
    expect(lifeOf({ ...thisProcess(), host: 'another' })).toBe('elsewhere');
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(lifeOf({ ...thisProcess(), pid })).toBe('dead');
  });

  it.runIf(process.platform === 'linux')('is told from a later one by its start', () => {
    expect(thisProcess().startedAt).toMatch(/^\d+$/);
    expect(lifeOf({ ...thisProcess(), startedAt: '1' })).toBe('dead');
  });
});
