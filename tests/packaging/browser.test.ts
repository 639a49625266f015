import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { launchBrowser } from '../web/support/web.ts';
import { bundle } from './support/bundle.ts';
import { createConsumer } from './support/consumer.ts';
import { copyPrograms, LOGGED_AND_QUERIED } from './support/log-and-query.ts';

it('logs and queries in a page, from a bundle of the installed package', async () => {
  await using consumer = await createConsumer(inject('tarballs').client);
  await copyPrograms(consumer);
  const { scripts } = await bundle(join(consumer.folder, 'log-and-query.mjs'));

  const { url, apiKey } = inject('server');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    // A page of other people's tool, on the server's own origin.
    await page.route('**/tool/**', (route) => {
      const name = new URL(route.request().url()).pathname.replace('/tool/', '');
      const script = scripts.find((each) => each.name === name);
      if (script) return route.fulfill({ contentType: 'text/javascript', body: script.code });
      return route.fulfill({ contentType: 'text/html', body: '<title>tool</title>' });
    });
    await page.goto(`${url}/tool/`);
    const options = JSON.stringify({ url, apiKey });
    const answer = await page.evaluate(
      `import('/tool/program.js').then(({ logAndQuery }) => logAndQuery(${options}, 'page'))`,
    );
    expect(answer).toEqual(LOGGED_AND_QUERIED);
  } finally {
    await browser.close();
  }
});
