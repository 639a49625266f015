import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, inject, it } from 'vitest';
import { launchBrowser } from '../web/support/web.ts';
import { createConsumer } from './support/consumer.ts';
import { copyPrograms, LOGGED_AND_QUERIED } from './support/log-and-query.ts';

it('logs and queries in a page, from a bundle of the installed package', async () => {
  await using consumer = await createConsumer(inject('tarballs').client);
  await copyPrograms(consumer);
  const outdir = join(consumer.folder, 'out');
  const entryPoints = [join(consumer.folder, 'log-and-query.mjs')];
  const { warnings } = await build({ entryPoints, outdir, bundle: true, splitting: true, format: 'esm', minify: true });
  expect(warnings).toEqual([]);

  const server = inject('server');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    // The pages of other people's tools, on the server's own origin.
    await page.route('**/tool/**', async (route) => {
      const name = new URL(route.request().url()).pathname.replace('/tool/', '');
      const file = { contentType: 'text/javascript', body: name && (await readFile(join(outdir, name), 'utf8')) };
      return route.fulfill(name === '' ? { contentType: 'text/html', body: '<title>tool</title>' } : file);
    });
    await page.goto(`${server.url}/tool/`);
    const answer = await page.evaluate(
      `import('/tool/log-and-query.js').then(({ logAndQuery }) => logAndQuery(${JSON.stringify({ url: server.url, apiKey: server.apiKey })}, 'page'))`,
    );
    expect(answer).toEqual(LOGGED_AND_QUERIED);
  } finally {
    await browser.close();
  }
});
