import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpointOf } from '../../client-options.ts';
import { createExecute } from '../../transport/execute.ts';
import { CommandError, Interrupted, UsageError } from '../command-error.ts';
import { parseOptions } from '../frame/parse-options.ts';
import { copyExport } from './copy-export.ts';
import { exportOptions, parseExportArguments } from './export-arguments.ts';
import { fileSink, outputSink } from './export-sink.ts';
import { type ExportRequest, exportUrl } from './export-url.ts';
import { openExport } from './open-export.ts';

const history: ExportRequest = {
  kind: 'history',
  entity: 'ada',
  project: 'digits',
  run: 'a run',
  format: 'csv',
  keys: ['val/acc', 'a&b'],
  from: 0,
  to: 9,
};

describe('exportUrl', () => {
  it('names the run in the path and the keys one by one', () => {
    expect(exportUrl('http://h/summa', history)).toBe(
      'http://h/summa/api/export/ada/digits/runs/a%20run/history?format=csv&keys=val%2Facc&keys=a%26b&from=0&to=9',
    );
  });

  it('sends a filter of runs as JSON', () => {
    const filter = { config: { key: 'lr', lt: Number.POSITIVE_INFINITY } };
    const url = exportUrl('http://h', {
      ...{ kind: 'runs', entity: 'ada', project: 'digits', format: 'ndjson' },
      ...{ filter, config: ['lr'], summary: ['loss', 'acc'] },
    } as ExportRequest);
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toBe('/api/export/ada/digits/runs');
    expect([...searchParams]).toEqual([
      ['format', 'ndjson'],
      ['config', 'lr'],
      ['summary', 'loss'],
      ['summary', 'acc'],
      ['filter', '{"config":{"key":"lr","lt":"Infinity"}}'],
    ]);
  });
});

describe('the arguments of summa export', () => {
  it('tell a project from a run, and the format by the ending of the file', () => {
    expect(argumentsOf(['ada/digits', '-o', 'runs.CSV'])).toMatchObject({
      kind: 'runs',
      path: 'ada/digits',
      format: 'csv',
    });
    expect(argumentsOf(['ada/digits/r', '-o', 'x.arrow', '-k', 'a,b', '--from', '5'])).toMatchObject({
      ...{ kind: 'history', path: 'ada/digits', run: 'r', format: 'arrow', keys: ['a', 'b'], from: 5, to: undefined },
    });
    expect(argumentsOf(['ada/digits/r', '-o', 'x.csv', '--format', 'ndjson']).format).toBe('ndjson');
  });

  it.each([
    [['a/b/c/d'], 'neither "entity/project" nor "entity/project/run"'],
    [['a//c'], 'neither'],
    [['a/b', '--format', 'arrow'], 'arrow is for the history of a run'],
    [['a/b', '--from', '1'], '--from and --to are steps of a run'],
    [['a/b/c', '--from', '-1'], '--from is "-1"'],
    [['a/b/c', '--filter', 'lr<1'], '--filter chooses runs of a project'],
  ])('refuse %j', (argv, message) => {
    expect(() => argumentsOf(argv)).toThrow(UsageError);
    expect(() => argumentsOf(argv)).toThrow(message);
  });
});

describe('an export', () => {
  let folder: string;
  const servers: Server[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'summa-export-'));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  it('into a file is there under its name once it is whole', async () => {
    const stream = await open((_request, response) => response.end('{"a":1}\n'));
    expect(await copyExport(stream, await fileSink(join(folder, 'out.ndjson')), quiet())).toBe(8);
    expect(await readdir(folder)).toEqual(['out.ndjson']);
    expect(await readFile(join(folder, 'out.ndjson'), 'utf8')).toBe('{"a":1}\n');
  });

  it('that is cut off on the way leaves no file and says after how many bytes', async () => {
    let cut = () => {};
    const stream = await open((_request, response) => {
      response.write('{"a":1}\n');
      cut = () => response.destroy();
    });
    const copied = copyExport(stream, await fileSink(join(folder, 'out.ndjson')), { ...quiet(), onBytes: () => cut() });
    await expect(copied).rejects.toThrow(CommandError);
    await expect(copied).rejects.toThrow(/^the export broke off after 8 bytes: .+\. Nothing was kept\.$/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that is interrupted leaves no file', async () => {
    const interrupt = new AbortController();
    const stream = await open((_request, response) => response.write('{"a":1}\n'), interrupt.signal);
    const onBytes = () => interrupt.abort();
    const copied = copyExport(stream, await fileSink(join(folder, 'out')), { signal: interrupt.signal, onBytes });
    await expect(copied).rejects.toThrow(Interrupted);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is read no faster than it is taken, whatever its size', async () => {
    let sent = 0;
    const megabyte = Buffer.alloc(1_000_000, 'x');
    const stream = await open(async (_request, response) => {
      for (let i = 0; i < 50; i++) {
        if (!response.write(megabyte)) await once(response, 'drain');
        sent += 1;
      }
      response.end();
    });
    let release = () => {};
    const reader = { write: () => false, once: (_event: 'drain', listener: () => void) => (release = listener) };
    const copied = copyExport(stream, outputSink(reader), quiet());
    await sleep(500);
    // What sockets and streams hold on their way is some megabytes, not fifty.
    expect(sent).toBeLessThan(25);
    const opened = setInterval(() => release(), 0);
    expect(await copied).toBe(50_000_000);
    clearInterval(opened);
  });

  it('that the server refuses says why, with the code', async () => {
    const answer = JSON.stringify({
      errors: [{ message: 'there is no such run', extensions: { code: 'RUN_NOT_FOUND' } }],
    });
    const opened = open((_request, response) => response.writeHead(404).end(answer));
    await expect(opened).rejects.toMatchObject({ code: 'RUN_NOT_FOUND', message: 'there is no such run' });
  });

  it('into a folder that is not there says so', async () => {
    await expect(fileSink(join(folder, 'none', 'out'))).rejects.toThrow(/there is no such folder/);
  });

  async function open(listener: RequestListener, signal: AbortSignal = new AbortController().signal) {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP server's address is no string
    const endpoint = endpointOf({ url: `http://127.0.0.1:${port}`, apiKey: 'k' });
    return openExport({ endpoint, execute: createExecute(endpoint) }, history, signal);
  }
});

function quiet() {
  return { signal: new AbortController().signal, onBytes: () => {} };
}

function argumentsOf(argv: readonly string[]) {
  // Read by the very options of which it says to be.
  return parseExportArguments(parseOptions(exportOptions, argv) as Parameters<typeof parseExportArguments>[0]);
}
