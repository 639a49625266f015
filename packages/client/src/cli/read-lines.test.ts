import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Line, readLines } from './read-lines.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summa-lines-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('readLines', () => {
  it('numbers lines from 1 and tells where the next one begins', async () => {
    expect(await linesOf('ab\n\ncde\n')).toEqual([
      { number: 1, text: 'ab', endByte: 3 },
      { number: 2, text: '', endByte: 4 },
      { number: 3, text: 'cde', endByte: 8 },
    ]);
  });

  it('reads a last line without an end, and nothing from an empty file', async () => {
    expect(await linesOf('a\nb')).toEqual([
      { number: 1, text: 'a', endByte: 2 },
      { number: 2, text: 'b', endByte: 3 },
    ]);
    expect(await linesOf('')).toEqual([]);
  });

  it('joins lines and characters that are cut by a read', async () => {
    const long = 'é'.repeat(1_500_000);
    const lines = await linesOf(`x\n${long}\n${long}`);
    expect(lines.map(({ number, text, endByte }) => [number, text.length, endByte])).toEqual([
      [1, 1, 2],
      [2, 1_500_000, 3_000_003],
      [3, 1_500_000, 6_000_003],
    ]);
    expect(lines[2]?.text).toBe(long);
  });

  it('leaves out a byte order mark', async () => {
    expect((await linesOf('\ufeff{}\n'))[0]?.text).toBe('{}');
  });

  it('names the line that is not UTF-8', async () => {
    const file = join(folder, 'bad.jsonl');
    await writeFile(file, Buffer.from([0x61, 0x0a, 0xff, 0x0a]));
    const read = async () => {
      for await (const lines of readLines(file)) expect(lines).toEqual([]);
    };
    await expect(read()).rejects.toThrow(`${file}:2: the line is not UTF-8 text`);
  });
});

async function linesOf(content: string): Promise<Line[]> {
  const file = join(folder, 'rows.jsonl');
  await writeFile(file, content);
  const lines: Line[] = [];
  for await (const read of readLines(file)) lines.push(...read);
  return lines;
}
