import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSumma, startCommand } from '../support/cli-process.ts';
import { DIGITS_RUNS, digitsFile, digitsRows } from '../support/digits.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const LONG_ROWS = 60_000;

let server: SummaProcess;
let folder: string;
beforeAll(async () => {
  server = await startSumma();
  const files = DIGITS_RUNS.map((run) => digitsFile(`${run}.jsonl`));
  const args = [...files, '--project', 'digits', '--config', digitsFile('*.config.json')];
  expect(await runSumma(['import', ...args], { server })).toMatchObject({ code: 0 });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summa-export-'));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => server?.[Symbol.asyncDispose]());

describe('summa export of a run', () => {
  it('says how the run is written when "project/run" was taken for a project that there is not', async () => {
    const { code, stderr } = await summa('export', 'digits/sgd-slow');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'there is no project digits/sgd-slow; to export the run of this name write admin/digits/sgd-slow',
    );
    expect((await summa('export', 'digits/nobody')).stderr).toContain('Try: summa projects');
  });

  it('says how large the file is, a small one too', async () => {
    const out = join(folder, 'one.csv');
    const { stderr } = await summa(
      'export',
      'admin/digits/sgd-slow',
      '--keys',
      'train/loss',
      '--to',
      '0',
      '--out',
      out,
    );
    expect(stderr).toBe(`${out}: ${(await readFile(out)).length} bytes\n`);
  });

  it('prints a line for each row that was logged, values as they were', async () => {
    const { code, stdout, stderr } = await summa('export', 'admin/digits/sgd-slow', '--keys', 'train/loss');
    expect([code, stderr]).toEqual([0, '']);
    const logged = (await digitsRows('sgd-slow')).filter((row) => 'train/loss' in row);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [line._step, line['train/loss']])).toEqual(
      logged.map((row) => [row._step, row['train/loss']]),
    );
  });

  it('takes only the steps and keys that are asked for, and the format from the ending of the file', async () => {
    const out = join(folder, 'part.csv');
    const args = ['--keys', 'train/loss', '--from', '10', '--to', '12', '--out', out];
    expect(await summa('export', 'admin/digits/sgd-slow', ...args)).toMatchObject({ code: 0, stdout: '' });
    const [header, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
    const logged = (await digitsRows('sgd-slow')).filter(({ _step }) => _step >= 10 && _step <= 12);
    expect(header?.split(',')).toContain('train/loss');
    expect(rows).toHaveLength(logged.length);
    for (const [i, row] of rows.entries()) expect(row).toContain(String(logged[i]?.['train/loss']));
  });

  it('as Arrow begins and ends as a stream of Arrow does', async () => {
    const out = join(folder, 'history.arrow');
    expect(await summa('export', 'admin/digits/sgd-slow', '--out', out)).toMatchObject({ code: 0 });
    const bytes = await readFile(out);
    // Of the format: a continuation mark in front of each message, and one with a length of zero at the end.
    expect([bytes.readUInt32LE(0), bytes.subarray(-8).toString('hex')]).toEqual([0xffffffff, 'ffffffff00000000']);
  });

  it('says that there is no such run, and leaves no file', async () => {
    const failed = await summa('export', 'admin/digits/none', '--out', join(folder, 'none.csv'));
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('RUN_NOT_FOUND') });
    expect(await readdir(folder)).toEqual([]);
  });
});

it('summa export into a folder that is not there asks for nothing', async () => {
  const failed = await summa('export', 'admin/digits/sgd-slow', '--out', join(folder, 'none', 'x.csv'));
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no such folder') });
});

describe('summa export of a project', () => {
  it('prints a line for each run that matches, with the keys that are asked for', async () => {
    const args = ['--filter', 'lr < 0.1 and optimizer = sgd', '--keys', 'lr,optimizer,train/loss', '--format', 'csv'];
    const { code, stdout } = await summa('export', 'admin/digits', ...args);
    expect(code).toBe(0);
    const [header = '', ...rows] = stdout.trimEnd().split('\r\n');
    for (const key of ['lr', 'optimizer', 'train/loss']) expect(header).toContain(key);
    expect(rows).toHaveLength(2);
    for (const name of ['sgd-slow', 'sgd-small']) {
      const last = (await digitsRows(name)).at(-1);
      const row = rows.find((line) => line.split(',').includes(name));
      expect(row).toContain(',sgd,');
      expect(row).toContain(String(last?.['train/loss']));
    }
  });

  it('without keys has all of them', async () => {
    const { stdout } = await summa('export', 'admin/digits', '--filter', 'name = sgd-diverged', '--format', 'ndjson');
    const run = JSON.parse(stdout);
    expect(JSON.stringify(run)).toContain('"optimizer":"sgd"');
    expect(JSON.stringify(run)).toContain('"NaN"');
  });
});

describe('an export that breaks off', () => {
  beforeAll(async () => {
    const place = await mkdtemp(join(tmpdir(), 'summa-long-'));
    const file = join(place, 'long.jsonl');
    const lines = Array.from(
      { length: LONG_ROWS },
      (_, i) => `{"_step":${i},"x":${i}.5,"y":${i % 7},"z":"row ${i}"}\n`,
    );
    await writeFile(file, lines.join(''));
    expect(await summa('import', file, '-p', 'digits')).toMatchObject({ code: 0 });
    await rm(place, { recursive: true });
  });

  it('because the connection is cut leaves no file, says so and exits with 1', async () => {
    await using proxy = await cuttingProxy(server, 300_000);
    const failed = await exportLong(proxy.url).ended;
    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/the export broke off .* Nothing was kept\./),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('on its way to stdout exits with 1, too', async () => {
    await using proxy = await cuttingProxy(server, 300_000);
    const failed = await runSumma(['export', 'admin/digits/long', '--url', proxy.url], { server });
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('What was printed is not all of it.') });
  });

  it('because of Ctrl-C leaves no file and exits with 130', async () => {
    await using proxy = await cuttingProxy(server, 300_000, 'hold');
    const running = exportLong(proxy.url);
    await proxy.reached;
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Nothing was kept.') });
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not touch the file of an earlier one', async () => {
    await writeFile(join(folder, 'long.ndjson'), 'kept\n');
    await using proxy = await cuttingProxy(server, 300_000);
    expect((await exportLong(proxy.url).ended).code).toBe(1);
    expect(await readFile(join(folder, 'long.ndjson'), 'utf8')).toBe('kept\n');
  });

  it('not: all rows are there, each once, in order', async () => {
    expect((await exportLong(server.url).ended).code).toBe(0);
    const lines = (await readFile(join(folder, 'long.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line)._step)).toEqual(Array.from({ length: LONG_ROWS }, (_, i) => i));
  });
});

function summa(...args: string[]) {
  return runSumma(args, { server });
}

function exportLong(url: string) {
  return startCommand(['export', 'admin/digits/long', '--out', join(folder, 'long.ndjson'), '--url', url], { server });
}

/** A proxy that, after this many bytes of answers on one connection, hangs up or falls silent. */
async function cuttingProxy({ url }: SummaProcess, afterBytes: number, then: 'cut' | 'hold' = 'cut') {
  const sockets = new Set<Socket>();
  let tell = () => {};
  const reached = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const proxy = createServer((client) => {
    const upstream = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}));
    client.pipe(upstream);
    let bytes = 0;
    upstream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= afterBytes) return client.write(chunk);
      tell();
      upstream.pause();
      if (then === 'cut') client.destroy();
    });
    upstream.on('end', () => client.end());
    client.on('close', () => upstream.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo; // a TCP server's address is no string
  return {
    url: `http://127.0.0.1:${port}`,
    reached,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
