import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { createTestFolder } from '../testing/test-folder.ts';
import { answerErrors } from './error-answer.ts';
import { registerWebRoutes } from './web-routes.ts';

const PAGE = '<!doctype html><title>Summa</title>';
const SCRIPT = 'export const answer = 42;';
const asBrowser = { accept: 'text/html,application/xhtml+xml' };

let folder: string;
let app: FastifyInstance;

beforeEach(async () => {
  folder = await createTestFolder('web');
});
afterEach(() => app.close());

async function start(env: Record<string, string> = {}): Promise<FastifyInstance> {
  const config = parseConfig({ SUMMA_WEB_DIR: folder, ...env });
  app = Fastify();
  answerErrors(app, config);
  app.get('/graphql', async () => 'the API');
  await registerWebRoutes(app, config);
  return app;
}

async function build(): Promise<void> {
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, 'assets/index-abc.js'), SCRIPT);
  await writeFile(join(folder, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT));
}

describe('the web app over HTTP', () => {
  it('gives its page at every path where it may have one, to browsers', async () => {
    await build();
    await start();
    for (const url of ['/', '/ada/digits/runs/a%2Fb?x=1', '/sign-in']) {
      const answer = await app.inject({ url, headers: asBrowser });
      expect([answer.statusCode, answer.body]).toEqual([200, PAGE]);
    }
  });

  it('stays a 404 in JSON for programs and for paths of the server', async () => {
    await build();
    await start();
    const answers = await Promise.all([
      app.inject({ url: '/ada/digits', headers: { accept: '*/*' } }),
      app.inject({ url: '/wandb/ada/none', headers: asBrowser }),
      app.inject({ url: '/files/none', headers: asBrowser }),
      app.inject({ url: '/assets/none.js', headers: asBrowser }),
    ]);
    expect(answers.map((each) => [each.statusCode, each.json().errors[0].extensions.code])).toEqual(
      answers.map(() => [404, 'NOT_FOUND']),
    );
    expect((await app.inject({ url: '/graphql' })).body).toBe('the API');
  });

  it('keeps assets for a year and asks for the page again', async () => {
    await build();
    await start();
    const asset = await app.inject({ url: '/assets/index-abc.js' });
    expect([asset.body, asset.headers['cache-control']]).toEqual([SCRIPT, 'public, max-age=31536000, immutable']);
    const page = await app.inject({ url: '/' });
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = await app.inject({ url: '/', headers: { 'if-none-match': String(page.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const head = await app.inject({ method: 'HEAD', url: '/' });
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, String(PAGE.length), '']);
  });

  it('sends what was packed beforehand to whoever unpacks it', async () => {
    await build();
    await start();
    const answer = await app.inject({ url: '/assets/index-abc.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers['content-encoding']).toBe('br');
    expect(answer.headers['content-type']).toContain('javascript');
    expect(answer.headers.vary).toContain('accept-encoding');
    expect(answer.rawPayload.equals(brotliCompressSync(SCRIPT))).toBe(true);
  });

  it('leaves its folder for no path', async () => {
    await build();
    await start();
    for (const url of ['/assets/../../package.json', '/assets/%2e%2e/index.html', '/assets/..%2findex.html']) {
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    }
  });

  it('lets the page run nothing but its own files', async () => {
    await build();
    await start({ SUMMA_PUBLIC_URL: 'https://summa.example/base' });
    const { headers } = await app.inject({ url: '/' });
    const policy = String(headers['content-security-policy']);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("connect-src 'self' https://summa.example;");
    expect([headers['x-content-type-options'], headers['x-frame-options']]).toEqual(['nosniff', 'DENY']);
  });

  it('says in words that no web app is built, and works without one', async () => {
    await start();
    const answer = await app.inject({ url: '/', headers: asBrowser });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(answer.body).toContain('No web app is built here');
    expect((await app.inject({ url: '/ada', headers: asBrowser })).statusCode).toBe(404);
  });

  it('finds the app that was built after the start', async () => {
    await start();
    await build();
    expect((await app.inject({ url: '/', headers: asBrowser })).body).toBe(PAGE);
  });
});
