import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type SeededLine, type SeededRun, seedLines, seedRun } from './support/seed-run.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

const ESC = '\u001b';
const LINES = 30_000;
const NEEDLE_AT = [41, 12_344, 29_990] as const;

let server: SummaProcess;
let browser: Browser;
let seeded: SeededRun;
let logs: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  seeded = await seedRun(server, 'console', 'talkative');
  logs = `${seeded.path}/logs`;
  await seedLines(
    server,
    seeded.run.id,
    Array.from({ length: LINES }, (_, at) => lineAt(at)),
  );
  await seedLines(server, seeded.run.id, [{ text: 'worker ready' }, { text: 'worker step 1' }], { source: 'rank-1' });
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

function lineAt(at: number): SeededLine {
  const time = new Date(Date.UTC(2026, 10, 25, 12) + at * 137).toISOString();
  if (NEEDLE_AT.some((needle) => needle === at)) return { text: `the Needle lies in line ${at + 1}`, time };
  if (at % 1_000 === 999) {
    return { text: `${ESC}[1;31mError:${ESC}[0m the loss of batch ${at} is NaN`, level: 'ERROR', time };
  }
  if (at % 100 === 50) return { text: 'slow batch: the loader took 812 ms', level: 'WARN', time };
  if (at % 100 === 51) return { text: `lr scheduler: ${ESC}[2mno change${ESC}[0m`, level: 'DEBUG', time };
  if (at % 10 === 7) {
    return {
      text: `  0%|          | 0/390\r100%|${ESC}[32m##########${ESC}[0m| 390/390 [00:12<00:00, ${ESC}[38;5;208m31.4 it/s${ESC}[0m]`,
      time,
    };
  }
  if (at % 500 === 3) return { text: `config ${JSON.stringify({ note: 'x'.repeat(300) })}`, time };
  return {
    text: `epoch ${Math.floor(at / 390)} step ${at} ${ESC}[36mloss${ESC}[0m=${(2 / (1 + at / 500)).toFixed(4)}`,
    time,
  };
}

const open = (path: string, options = {}) => openPage(browser, server, path, options);
const log = (page: Page) => page.getByRole('region', { name: 'Console output' });
const numberButton = (page: Page, number: number) =>
  log(page).getByRole('button', { name: String(number), exact: true });

describe.each(['light', 'dark'] as const)('the logs of a run in %s', (theme) => {
  it('show the end of the output with its colours and levels, and axe finds nothing', async () => {
    const { page, close } = await open(logs, { theme });
    await numberButton(page, LINES).waitFor();
    await page.getByText('the loss of batch 29999 is NaN').waitFor();
    await expectAccessible(page);
    await shot(page, 'run-logs-end');
    await close();
  });
});

it('is usable on a phone and on a wide screen', async () => {
  for (const [width, height] of [
    [390, 844],
    [1920, 1080],
  ] as const) {
    const { page, close } = await open(`${logs}?wrap=true&q=loss`, { width, height });
    await log(page).getByText('loss').first().waitFor();
    await shot(page, 'run-logs-wrapped');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await close();
  }
});

describe('reading', () => {
  it('shows what was printed over itself as it was printed last, and no escape sequence', async () => {
    const { page, close } = await open(`${logs}?line=8`);
    await page.getByText('100%|##########| 390/390 [00:12<00:00, 31.4 it/s]').first().waitFor();
    expect(await log(page).textContent()).not.toContain(ESC);
    await close();
  });

  it('goes to a line by its number, which is then in the URL, and to several with Shift', async () => {
    const { page, close } = await open(logs);
    await numberButton(page, LINES).waitFor();
    await page.getByRole('textbox', { name: 'Go to line' }).fill('15000');
    await page.keyboard.press('Enter');
    await numberButton(page, 15_000).waitFor();
    await expect.poll(() => page.url()).toMatch(/line=%2215000%22|line=15000/);
    await numberButton(page, 15_005).click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: 'Copy 6 lines' }).waitFor();
    await shot(page, 'run-logs-lines');
    await page.reload();
    await numberButton(page, 15_003).waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy 6 lines' }).click();
    await page.getByText('Copied 6 lines.').waitFor();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied.split('\n').slice(0, 2)).toEqual([
      'Error: the loss of batch 14999 is NaN',
      'epoch 38 step 15000 loss=0.0645',
    ]);
    await close();
  });

  it('keeps few lines in the page, however many there are', async () => {
    const { page, close } = await open(logs);
    await numberButton(page, LINES).waitFor();
    await log(page).focus();
    await page.keyboard.press('Home');
    await numberButton(page, 1).waitFor();
    expect(await log(page).getByRole('button').count()).toBeLessThan(200);
    await close();
  });

  it('shows another process when it is chosen', async () => {
    const { page, close } = await open(logs);
    await page.getByRole('combobox', { name: 'Process' }).selectOption('rank-1');
    await page.getByText('worker step 1').waitFor();
    await expect.poll(() => page.url()).toContain('source=rank-1');
    await close();
  });

  it('says how output gets here where there is none', async () => {
    const silent = await seedRun(server, 'console', 'silent');
    const { page, close } = await open(`${silent.path}/logs`);
    await page.getByText('No console output').waitFor();
    await expectAccessible(page);
    await shot(page, 'run-logs-empty');
    await close();
  });

  it('saves the whole output', async () => {
    const { page, close } = await open(logs);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download all lines' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('talkative.log');
    const stream = await download.createReadStream();
    let bytes = '';
    for await (const chunk of stream) bytes += String(chunk);
    expect(bytes.split('\n')).toHaveLength(LINES + 1);
    expect(bytes).toContain('the Needle lies in line 12345\n');
    await close();
  });
});

describe('searching', () => {
  it('goes from match to match with the keyboard alone, on lines that were never read, and round', async () => {
    const { page, close } = await open(`${logs}?line=1`);
    await numberButton(page, 1).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    for (const at of [...NEEDLE_AT, NEEDLE_AT[0]]) {
      await page.keyboard.press('Enter');
      await page.getByText(`the Needle lies in line ${at + 1}`, { exact: true }).waitFor();
    }
    await page.keyboard.press('Shift+Enter');
    await page.getByText('the Needle lies in line 29991').waitFor();
    await expect.poll(() => log(page).locator('mark').allInnerTexts()).toEqual(['Needle']);
    await shot(page, 'run-logs-search');
    await close();
  });

  it('says when no line holds the text', async () => {
    const { page, close } = await open(`${logs}?q=absent`);
    await page.getByRole('button', { name: 'Next match' }).click();
    await page.getByText('No line holds “absent”.').waitFor();
    await close();
  });

  it('shows lines of a level alone, earlier ones as one scrolls up, and only those that match', async () => {
    const { page, close } = await open(logs);
    await page.getByRole('button', { name: 'Levels' }).click();
    await page.getByRole('button', { name: 'only Error' }).click();
    await page.getByText('30 of 30,000 lines').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByText('the loss of batch 999 is NaN').waitFor();
    await shot(page, 'run-logs-errors');
    expect(await log(page).getByText('slow batch').count()).toBe(0);
    await page.goto(`${logs}?q=needle&only=true`);
    await page.getByText('3 of 30,000 lines').waitFor();
    await close();
  });
});

describe('while a run prints', () => {
  it('follows the end, stops when one scrolls up, counts what is new, and goes on', async () => {
    const live = await seedRun(server, 'console', 'live');
    const print = (from: number, to: number) =>
      seedLines(
        server,
        live.run.id,
        Array.from({ length: to - from }, (_, i) => ({ text: `line of step ${from + i}` })),
        { offset: from },
      );
    await print(0, 300);
    const { page, close } = await open(`${live.path}/logs`);
    await page.getByText('line of step 299').waitFor();
    await print(300, 305);
    await page.getByText('line of step 304').waitFor();
    await log(page).hover();
    await page.mouse.wheel(0, -2_000);
    await page.getByText('line of step 304').waitFor({ state: 'hidden' });
    await print(305, 312);
    await page.getByRole('button', { name: '7 new lines' }).waitFor();
    await shot(page, 'run-logs-new-lines');
    await page.getByRole('button', { name: '7 new lines' }).click();
    await page.getByText('line of step 311').waitFor();
    await print(312, 313);
    await page.getByText('line of step 312').waitFor();
    await close();
  });
});
