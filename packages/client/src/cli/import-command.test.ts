import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MoodyServer } from '../testing/moody-server.ts';
import { Interrupted, UsageError } from './command-error.ts';
import { parseOptions } from './frame/parse-options.ts';
import { importOptions, readImportArguments } from './import-arguments.ts';
import { importFiles } from './import-command.ts';

let server: MoodyServer;
let folder: string;
beforeEach(async () => {
  server = await new MoodyServer().start();
  folder = await mkdtemp(join(tmpdir(), 'summa-import-'));
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

describe('summa import', () => {
  it('takes step and time from _step and _timestamp, and keeps what JSON lacks', async () => {
    const line =
      '{"_step": 3, "_timestamp": 1.5, "loss": NaN, "n": 12345678901234567890, "s": "NaN", "_runtime": 1, "o": {"a.b": 1}}';
    await importLines(['{"_step": 2, "loss": 1}', line]);
    expect(server.rows).toEqual([
      { step: 2, values: { loss: 1 } },
      {
        step: 3,
        timestamp: 1.5,
        values: { loss: 'NaN', n: 12345678901234567890n, s: 'NaN', _runtime: 1, o: { 'a.b': 1 } },
      },
    ]);
    expect(operations()).toEqual(['Run', 'StartRun', 'Log', 'FinishRun']);
  });

  it('names the run after the file and sends the config, the name of the file standing for *', async () => {
    await writeFile(join(folder, 'my run.config.json'), '{"lr": 1e-3, "inf": Infinity}');
    await importLines(['{"a": 1}'], {
      file: 'my run.jsonl',
      args: ['--config', join(folder, '*.config.json'), '-t', 'x'],
    });
    expect(server.started).toMatchObject({
      entity: 'ada',
      project: 'digits',
      name: 'my-run',
      tags: ['x'],
      config: { lr: 0.001, inf: 'Infinity' },
      resume: 'ALLOW',
    });
  });

  it('makes no run of a file whose first line is no row', async () => {
    await expect(importLines(['loss,acc', '1,2'], { file: 'table.csv' })).rejects.toThrow(
      /table\.csv:1: not valid JSON/,
    );
    expect(operations()).toEqual([]);
  });

  it('sends only new lines when it is called again', async () => {
    await importLines(numbered(0, 5));
    const file = join(folder, 'rows.jsonl');
    await appendFile(file, `\n${numbered(5, 3).join('\n')}\n`);
    const { stdout } = await importFile(file);
    expect(server.rows).toEqual(numbered(0, 8).map((line) => ({ values: JSON.parse(line) })));
    expect(stdout).toContain('3 rows into');
    expect(stdout).toContain('5 were there already');
  });

  it('says as JSON what became of each file', async () => {
    await importLines(numbered(0, 5));
    await appendFile(join(folder, 'rows.jsonl'), '\n{"i": 5}');
    const { stdout } = await importFile(join(folder, 'rows.jsonl'), { args: ['--json'] });
    expect(JSON.parse(stdout)).toMatchObject({ file: join(folder, 'rows.jsonl'), sentRows: 1, skippedRows: 5 });
  });

  it('names file and line of a row that is none, and goes on from there once it is mended', async () => {
    const lines = ['{"i": 0}', '', '{"i": 1}', '{"i": 2', '{"i": 3}'];
    await expect(importLines(lines)).rejects.toThrow(/rows\.jsonl:4: not valid JSON/);
    expect(server.rows).toHaveLength(2);
    expect(operations()).not.toContain('FinishRun');
    lines[3] = '{"i": 2}';
    await importLines(lines);
    expect(server.rows).toEqual([0, 1, 2, 3].map((i) => ({ values: { i } })));
  });

  it('names file and line of a row that the server refuses, and keeps those before it', async () => {
    server.moodOf = ({ operation, input }) => {
      const rows = operation === 'Log' ? (input.rows as { values: { i: number } }[]) : [];
      const index = rows.findIndex(({ values }) => values.i === 4);
      return index === -1 ? 'well' : { code: 'TOO_MANY_KEYS', argumentPath: ['input', 'rows', index] };
    };
    await expect(importLines(['', ...numbered(0, 10)])).rejects.toThrow(/rows\.jsonl:6: .*TOO_MANY_KEYS/);
    expect(server.rows.length).toBeLessThanOrEqual(4);
    server.moodOf = () => 'well';
    await importLines(['', ...numbered(0, 10)]);
    expect(server.rows).toEqual(numbered(0, 10).map((line) => ({ values: JSON.parse(line) })));
  });

  it.each([
    ['[1]', /:1: the line is not a JSON object/],
    ['{"_step": -1}', /:1: step is -1/],
    ['{"_step": 1.5}', /:1: step is 1.5/],
    ['{"_timestamp": "soon"}', /:1: /],
  ])('refuses the line %s', async (line, message) => {
    await expect(importLines([line])).rejects.toThrow(message);
  });

  it('loses nothing when connections drop and answers are lost', async () => {
    server.moodOf = () =>
      server.seen.length % 3 === 0 ? 'lose answer' : server.seen.length % 5 === 0 ? 'drop' : 'well';
    server.moods.push('well', 'well');
    const rows = numbered(0, 25_000);
    await importLines(rows);
    expect(server.rows).toHaveLength(25_000);
    expect(server.rows).toEqual(rows.map((line) => ({ values: JSON.parse(line) })));
  });

  it('does not add to a run that holds rows from elsewhere, unless told to', async () => {
    await importLines(numbered(0, 2), { args: ['--name', 'one'] });
    await expect(importLines(['{"b": 1}'], { args: ['--name', 'one'] })).rejects.toThrow(/--append/);
    expect(server.rows).toHaveLength(2);
  });

  it('says that a file shrank since it was imported', async () => {
    await importLines(numbered(0, 5));
    await expect(importLines(numbered(0, 3))).rejects.toThrow(/has 5 rows of this file already, but the file holds 3/);
  });

  it('stops between batches when it is interrupted, and goes on later', async () => {
    const interrupt = new AbortController();
    server.moodOf = ({ operation }) => {
      if (operation === 'Log') interrupt.abort();
      return 'well';
    };
    await expect(importLines(numbered(0, 30_000), { signal: interrupt.signal })).rejects.toThrow(Interrupted);
    expect(server.rows.length).toBeLessThan(30_000);
    server.moodOf = () => 'well';
    await importFile(join(folder, 'rows.jsonl'));
    expect(server.rows).toHaveLength(30_000);
  });

  it('draws a bar on a terminal and wipes it off', async () => {
    const { stderr } = await importLines(numbered(0, 10), { isTTY: true });
    expect(stderr).toMatch(/rows \[#{20}\] 10 rows, 0\.0 of 0\.0 MB/);
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  it('finds a missing file and a bad config before anything is sent', async () => {
    await expect(importFile(join(folder, 'none.jsonl'))).rejects.toThrow(/none\.jsonl: no such file/);
    await writeFile(join(folder, 'c.json'), '[]');
    const args = ['--config', join(folder, 'c.json')];
    await expect(importLines(['{}'], { args })).rejects.toThrow(/c\.json: a config is a JSON object/);
    expect(server.seen).toEqual([]);
  });
});

describe('the arguments of summa import', () => {
  it.each([
    [['a.jsonl'], /--project/],
    [['a.jsonl', 'b.jsonl', '-p', 'x', '-n', 'y'], /single file/],
    [['a.jsonl', '--projekt', 'x'], /--projekt/],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(UsageError);
    expect(() => parseArguments(argv)).toThrow(message);
  });
});

interface ImportCall {
  readonly file?: string;
  readonly args?: readonly string[];
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
}

async function importLines(lines: readonly string[], call: ImportCall = {}) {
  const file = join(folder, call.file ?? 'rows.jsonl');
  await writeFile(file, lines.join('\n'));
  return importFile(file, call);
}

async function importFile(file: string, { args = [], signal, isTTY = false }: ImportCall = {}) {
  const parsed = parseArguments([file, '-p', 'ada/digits', '--url', server.url, '--key', 'k', ...args]);
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY,
    write: (text: string | Uint8Array) => {
      written[name] += String(text);
      return true;
    },
  });
  const surroundings = { stdout: output('stdout'), stderr: output('stderr'), env: { XDG_CONFIG_HOME: folder } };
  await importFiles(parsed, { ...surroundings, signal: signal ?? new AbortController().signal });
  return written;
}

function parseArguments(argv: readonly string[]) {
  // Read by the very options of which it says to be.
  return readImportArguments(parseOptions(importOptions, argv) as Parameters<typeof readImportArguments>[0]);
}

function numbered(from: number, length: number): string[] {
  return Array.from({ length }, (_, i) => `{"i": ${from + i}}`);
}

function operations(): string[] {
  return server.seen.map(({ operation }) => operation);
}
