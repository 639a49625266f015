import { createClient } from '@summa/client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { logDigits } from './support/digits-project.ts';
import { expectAccessible, launchBrowser, openPage, settled, shot } from './support/web.ts';

const LONG = `a-run-with-a-very-long-name-${'x'.repeat(90)}`;

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  entity = await logDigits(server);
  await logAwkward(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Two runs with goals, thousands of keys and values that are hard to show. */
async function logAwkward(to: SummaProcess): Promise<void> {
  const client = createClient({ url: to.url, apiKey: to.apiKey });
  for (const [name, lr] of [
    ['first', 0.1],
    ['second', 0.025],
  ] as const) {
    const run = await client.startRun({
      project: 'awkward',
      name,
      displayName: name === 'second' ? LONG : name,
      config: {
        lr,
        batch: 32,
        note: name === 'first' ? 'a text that is so long that no column is wide enough to have all of it' : '',
        net: { layers: [64, 64], act: 'relu' },
        ...(name === 'second' && { warmup: 100 }),
      },
    });
    run.defineMetric('loss', { summary: ['min', 'max'], goal: 'minimize' });
    run.defineMetric('acc', { goal: 'maximize' });
    for (let step = 0; step < 20; step++) {
      run.log({ loss: lr * (20 - step), acc: lr + step / 100, broken: step < 5 ? 1 : Number.NaN, huge: 1e9 * lr });
    }
    run.log({ many: Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`key${i}`, i])) });
    await run.finish();
  }
}

const open = (path: string, options = {}) => openPage(browser, server, `/${entity}/${path}`, options);

describe('comparing runs', () => {
  it('begins with nothing chosen: runs are found by name, and each is a column and in the address', async () => {
    const { page, close } = await open('digits/compare');
    await page.getByRole('button', { name: 'Choose runs' }).click();
    await page.getByRole('searchbox', { name: 'Find runs' }).fill('wide');
    await page.getByRole('button', { name: /^sgd-small/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^adam-wide/ }).click();
    await page.getByRole('columnheader', { name: /adam-wide/ }).waitFor();
    await page.getByRole('button', { name: 'Add runs' }).click();
    await page.getByRole('button', { name: /^sgd-slow/ }).click();
    await page.getByRole('columnheader', { name: /sgd-slow/ }).waitFor();
    expect(decodeURIComponent(page.url())).toContain('runs=["adam-wide","sgd-slow"]');
    await close();
  });

  it('shows only differences when asked, and Back shows everything again', async () => {
    const { page, close } = await open('awkward/compare?runs=first,second&q=a');
    await page.getByRole('rowheader', { name: 'batch' }).waitFor();
    await page.getByRole('checkbox', { name: 'Only differences' }).check();
    await page.getByRole('rowheader', { name: 'batch' }).waitFor({ state: 'detached' });
    await page.getByRole('rowheader', { name: /warmup/ }).waitFor();
    await page.reload();
    await page.getByRole('rowheader', { name: /warmup/ }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'batch' }).count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Only differences' }).uncheck();
    await page.goBack();
    await page.getByRole('rowheader', { name: 'batch' }).waitFor({ state: 'detached' });
    await close();
  });

  it('marks the best of a row by the goal of its metric, and shows the statistic that one chooses', async () => {
    const { page, close } = await open('awkward/compare?runs=first,second&q=loss');
    const choice = page.getByRole('combobox', { name: 'Statistic of loss, min' });
    const min = page.getByRole('row').filter({ has: choice });
    await min.waitFor();
    // The last of 20 steps is the least: 0.1 and 0.025.
    const cells = async () => (await min.getByRole('cell').allInnerTexts()).map((text) => text.replaceAll(/\s/g, ''));
    expect(await cells()).toEqual(['0.1', '★best:0.025', '']);
    await choice.selectOption({ label: 'mean' });
    // The mean of 0.1 × (1 … 20) and of 0.025 × (1 … 20).
    await expect.poll(cells).toEqual(['1.05', '★best:0.2625', '']);
    await page.reload();
    await expect.poll(cells).toEqual(['1.05', '★best:0.2625', '']);
    await close();
  });

  it('changes the order of the columns, and takes one away with undo, with the keyboard alone', async () => {
    const { page, close } = await open('digits/compare?runs=adam-wide,sgd-slow,sgd-wide');
    const names = async () =>
      (await page.getByRole('columnheader').getByRole('link').allInnerTexts()).map((text) => text.trim());
    await expect.poll(names).toEqual(['adam-wide', 'sgd-slow', 'sgd-wide']);
    await page.getByRole('button', { name: 'Column of sgd-wide' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Make it the first' }).press('Enter');
    await expect.poll(names).toEqual(['sgd-wide', 'adam-wide', 'sgd-slow']);
    await page.getByRole('button', { name: 'Column of adam-wide' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
    await expect.poll(names).toEqual(['sgd-wide', 'sgd-slow']);
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect.poll(names).toEqual(['sgd-wide', 'adam-wide', 'sgd-slow']);
    await close();
  });

  it('draws the metrics that one chooses over all runs', async () => {
    const { page, close } = await open('digits/compare?runs=adam-wide,sgd-slow');
    await page.getByRole('button', { name: 'Charts' }).click();
    await page.getByRole('searchbox', { name: 'Find metrics' }).fill('val/loss');
    await page.getByRole('checkbox', { name: 'val/loss' }).check();
    await page.getByRole('application', { name: /^val\/loss, 2 lines/ }).waitFor();
    expect(decodeURIComponent(page.url())).toContain('charts=["val/loss"]');
    await close();
  });

  it('has thousands of keys with only those in the page that are seen, under a head that stays', async () => {
    const { page, close } = await open('awkward/compare?runs=first,second');
    await page.getByText(/3,0\d\d rows/).waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(100);
    await page.getByRole('region', { name: 'Comparison' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('rowheader', { name: /many\.key2999/ }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Key' }).boundingBox()).toMatchObject({ x: 0 });
    await close();
  });

  it('says which runs are not there', async () => {
    const { page, close } = await open('digits/compare?runs=adam-wide,nobody');
    await page.getByText('1 run not found: nobody').waitFor();
    await close();
  });

  it('copies what is seen as Markdown', async () => {
    const { page, close } = await open('awkward/compare?runs=first,second&q=loss');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
    await page.getByText('2 rows copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain(
      '| summary | loss · min | 0.1 | **0.025** |',
    );
    await close();
  });

  const six = 'adam-small,adam-wide,sgd-diverged,sgd-slow,sgd-small,sgd-wide';
  it.each([
    ['compare', `digits/compare?runs=${six}&charts=val/loss,val/acc,train/loss`],
    ['compare-awkward', 'awkward/compare?runs=first,second'],
    ['compare-alone', 'awkward/compare?runs=first&diff=true'],
  ])('is accessible in both themes, and no wider than a phone: %s', async (name, path) => {
    const { page, close } = await open(path);
    await settled(page, 'Only differences');
    await page.getByRole('columnheader', { name: 'Key' }).waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
      await shot(page, name);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(page, name);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await close();
  });
});
