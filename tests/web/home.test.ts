import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@summa/client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustRun } from '../packaging/support/run-program.ts';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { expectAccessible, launchBrowser, openPage, settled, shot } from './support/web.ts';

const PROJECTS = 130;

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  entity = (await createClient({ url: server.url, apiKey: server.apiKey }).viewer()).name;
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const open = (path: string, options = {}) => openPage(browser, server, path, options);

/** Runs code in a folder as `npm init` makes one, with the command that stands in its comment. */
async function runAsItSays(code: string): Promise<void> {
  const [, command = '', file = ''] = /^\/\/ (SUMMA_API_KEY=summa_\S+ npx tsx (\S+))$/m.exec(code) ?? [];
  // Here, because the package that the code imports is found from here.
  const folder = await mkdtemp(join(import.meta.dirname, 'first-run-'));
  try {
    await writeFile(join(folder, 'package.json'), '{ "name": "first-run", "type": "commonjs" }');
    await writeFile(join(folder, file), code);
    await mustRun('sh', ['-c', command], { cwd: folder, env: { SUMMA_SPOOL_DIR: join(folder, 'spool') } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('a server without projects', () => {
  it('shows how to log the first run, makes a key that works, and leads to the project as soon as it is there', async () => {
    const { page, close } = await open('/');
    await page.getByRole('heading', { name: 'Log the first run' }).waitFor();
    await page.getByRole('tab', { name: 'TypeScript' }).click();
    await page.getByRole('button', { name: 'Make an API key' }).click();
    await page.getByText('It is shown only now.').waitFor();
    const code = await page.locator('pre').textContent();
    await expectAccessible(page);
    await shot(page, 'first-run-key');
    await runAsItSays(code ?? '');
    await page.getByRole('link', { name: 'my-project' }).click();
    await page.waitForURL(`**/${entity}/my-project`);
    await page.getByText('1 run').waitFor();
    await close();
  });
});

describe('projects', () => {
  it('are made with the keyboard alone; a name that cannot be is said to be so', async () => {
    const { page, close } = await open('/');
    await page.getByRole('button', { name: 'New project' }).press('Enter');
    await page.keyboard.type('my project');
    await page.keyboard.press('Enter');
    await page.getByText('A name has no spaces').waitFor();
    await expectAccessible(page);
    await shot(page, 'new-project');
    await page.getByLabel('Name').fill('my-project');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('my-project').waitFor();
    await page.getByLabel('Name').fill('vision');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${entity}/vision`);
    await page.getByRole('heading', { name: 'Log the first run' }).waitFor();
    await close();
  });

  it('are all reached, page by page, and found on whatever page they are', async () => {
    for (let n = 0; n < PROJECTS; n++) {
      await must(
        server,
        'mutation ($entity: String!, $name: String!, $description: String) { createProject(input: { entity: $entity, name: $name, description: $description }) { project { id } } }',
        {
          entity,
          name: `p${String(n).padStart(3, '0')}${n === 7 ? '-with-a-very-long-name'.repeat(5) : ''}`,
          description: n === 8 ? 'A description that goes on and on. '.repeat(8) : '',
        },
      );
    }
    const { page, close } = await open('/');
    await page.getByRole('link', { name: `${PROJECTS + 2 - 20} more projects` }).click();
    await page.getByText(`${PROJECTS + 2} projects`).waitFor();
    await settled(page, 'p005');
    await expectAccessible(page);
    await shot(page, 'entity-many');
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByRole('link', { name: 'vision' }).waitFor();
    await page.getByRole('link', { name: 'Previous' }).click();
    await page.getByRole('link', { name: 'p000' }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter projects' }).fill('VISI');
    await page.getByRole('link', { name: 'vision' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    expect(page.url()).toContain('q=VISI');
    // A menu has no room for all of them.
    await page.getByRole('link', { name: 'vision' }).click();
    await page.getByRole('button', { name: 'Switch the project' }).click();
    await page.getByRole('menuitem', { name: 'All projects' }).click();
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    await page.goto(`/${entity}?q=VISI`);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('searchbox', { name: 'Filter projects' }).fill('p00');
    await page.getByRole('link', { name: 'p009' }).waitFor();
    await shot(page, 'entity-many');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await close();
  });
});
