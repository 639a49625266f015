import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digitsRows } from '../support/digits.ts';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { logDigits } from './support/digits-project.ts';
import { sendRows, startRun } from './support/large-project.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

const MANY = 5_000;
const LONG = 'a-very-long-name-'.repeat(12).slice(0, 200);

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  entity = await logDigits(server);
  await Promise.all([logAwkward(), logMany(), logDefined()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** NaN only, one point, names of 200 characters. */
async function logAwkward(): Promise<void> {
  const runId = await startRun(server, 'awkward', 'awkward');
  const mutation =
    'mutation ($id: ID!, $name: String!) { updateRun(input: { runId: $id, displayName: $name }) { run { id } } }';
  await must(server, mutation, { id: runId, name: LONG });
  const rows = Array.from({ length: 50 }, (_, step) => ({
    step,
    values: {
      'nan/only': 'NaN',
      [`long/${LONG}`]: step,
      'sign/mixed': step - 25,
      ...(step === 7 && { 'one/point': 3 }),
    },
  }));
  await sendRows(server, { runId, offset: 0, rows });
}

async function logMany(): Promise<void> {
  const runId = await startRun(server, 'many', 'wide');
  const keys = Array.from({ length: MANY }, (_, at) => `layer${at % 10}/weight_${at}`);
  const values = (step: number) => Object.fromEntries(keys.map((key, at) => [key, at + step]));
  await sendRows(server, { runId, offset: 0, rows: [0, 1].map((step) => ({ step, values: values(step) })) });
}

async function logDefined(): Promise<void> {
  const runId = await startRun(server, 'defined', 'curves');
  const define = 'mutation ($input: DefineMetricInput!) { defineMetric(input: $input) { run { id } } }';
  await must(server, define, { input: { runId, name: 'val/*', stepMetric: 'epoch' } });
  await must(server, define, { input: { runId, name: 'secret', hidden: true } });
  const rows = Array.from({ length: 40 }, (_, step) => ({
    step,
    timestamp: 1_760_000_000 + 60 * step,
    values: { epoch: step / 10, 'val/acc': step / 40, secret: step, loss: 1 / (step + 1) },
  }));
  await sendRows(server, { runId, offset: 0, rows });
}

const open = (path: string, options = {}) => openPage(browser, server, `/${entity}/${path}`, options);
const chartOf = (page: Page, key: string) => page.getByRole('application', { name: new RegExp(`^${key}, `) });
const isDrawn = (page: Page, key: string) => chartOf(page, key).locator('canvas').first().waitFor();
const search = (page: Page) => new URL(page.url()).searchParams;

/** Drags over a part of a chart, from and to in shares of its width. */
async function drag(page: Page, key: string, from: number, to: number): Promise<void> {
  const box = await chartOf(page, key).locator('.u-over').boundingBox();
  if (!box) throw new Error(`${key} is not seen`);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
  await page.mouse.up();
}

/** Reads a chart at one of its ends with the keyboard, as a screen reader would hear it. */
async function readAt(page: Page, key: string, place: 'Home' | 'End'): Promise<string> {
  await chartOf(page, key).focus();
  await page.keyboard.press(place);
  const said = page.locator('article', { has: chartOf(page, key) }).locator('[aria-live="polite"]');
  await expect.poll(() => said.textContent()).not.toBe('');
  return (await said.textContent()) ?? '';
}

describe('the charts', () => {
  it('stand in sections by the first part of their keys, which one opens and closes', async () => {
    const { page, close } = await open('digits');
    await isDrawn(page, 'train/loss');
    const heads = page.locator('h2 button[aria-expanded]');
    expect(await heads.allTextContents()).toEqual(['Metrics2', 'train2', 'val12']);
    await page.getByRole('button', { name: 'train 2' }).click();
    await chartOf(page, 'train/loss').waitFor({ state: 'detached' });
    expect(search(page).get('closed')).toBe('train');
    await page.reload();
    await isDrawn(page, 'epoch');
    expect(await page.getByRole('button', { name: 'train 2' }).getAttribute('aria-expanded')).toBe('false');
    await page.goBack();
    await isDrawn(page, 'train/loss');
    await close();
  });

  it('stand three across at 1440, two at 1280, one on a phone', async () => {
    for (const [width, across] of [
      [1440, 3],
      [1280, 2],
      [390, 1],
    ] as const) {
      const { page, close } = await open('digits?charts=val', { width });
      await isDrawn(page, 'val/acc');
      const rows = await page.locator('article[aria-label^="val/"]').evaluateAll((cards) => {
        const tops = cards.map((card) => card.getBoundingClientRect().top);
        return tops.filter((top) => top === tops[0]).length;
      });
      expect([width, rows]).toEqual([width, across]);
      await close();
    }
  });

  it('are found by a part of their key, with "/" and the keyboard alone', async () => {
    const { page, close } = await open('digits');
    await isDrawn(page, 'epoch');
    await page.keyboard.press('/');
    await page.keyboard.type('GRAD');
    await chartOf(page, 'epoch').waitFor({ state: 'detached' });
    await isDrawn(page, 'train/grad_norm');
    expect(search(page).get('charts')).toBe('GRAD');
    await page.keyboard.type(' nothing like it');
    await page.getByText('No such chart').waitFor();
    await page.getByRole('button', { name: 'Show all charts' }).click();
    await isDrawn(page, 'epoch');
    await close();
  });

  it('zoom by dragging and ask the server for that part; a double click shows all again', async () => {
    const { page, close } = await open('digits?charts=train/loss');
    await isDrawn(page, 'train/loss');
    const asked = page.waitForRequest((request) => /"range":\{"from":\d/.test(request.postData() ?? ''));
    await drag(page, 'train/loss', 0.25, 0.5);
    const { variables } = (await asked).postDataJSON();
    const [from, to] = [Number(search(page).get('from')), Number(search(page).get('to'))];
    expect(variables.range).toEqual({ from, to });
    // The longest run has steps 0 to 1319.
    expect(Math.abs(from - 330)).toBeLessThan(15);
    expect(Math.abs(to - 660)).toBeLessThan(15);
    await expect.poll(() => readAt(page, 'train/loss', 'Home')).toMatch(new RegExp(`^step ${from}, `));
    await shot(page, 'workspace-zoomed');
    await chartOf(page, 'train/loss').locator('.u-over').dblclick();
    await expect.poll(() => search(page).get('from')).toBeNull();
    await page.goBack();
    await page.getByRole('button', { name: /Reset the zoom/ }).waitFor();
    await close();
  });

  it('share one cursor', async () => {
    const { page, close } = await open('digits?charts=val');
    await isDrawn(page, 'val/acc');
    await isDrawn(page, 'val/loss');
    const box = await chartOf(page, 'val/acc').locator('.u-over').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 40);
    const shown = (key: string) => page.locator(`article[aria-label="${key}"] [data-nearest]`).textContent();
    const runIn = async (key: string) => /^(adam|sgd)-[a-z]+/.exec((await shown(key)) ?? '')?.[0];
    const name = await runIn('val/acc');
    expect(name).toBeDefined();
    expect(await runIn('val/loss')).toBe(name);
    await shot(page, 'workspace-cursor');
    await close();
  });

  it('are saved as CSV with all digits', async () => {
    const { page, close } = await open('digits?newest=0&shown=adam-small&charts=val/acc');
    await isDrawn(page, 'val/acc');
    await page.getByRole('button', { name: 'More of val/acc' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
    const rows = (await digitsRows('adam-small')).filter((row) => typeof row['val/acc'] === 'number');
    const expected = rows.map((row) => `${row._step},${row['val/acc']}`);
    const [head, ...body] = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
    expect(head).toMatch(/^step,adam-small/);
    expect(body.map((line) => line.split(',').slice(0, 2).join())).toEqual(expected);
    await close();
  });

  it('fill the window, and give the focus back', async () => {
    const { page, close } = await open('digits?charts=val/loss');
    await isDrawn(page, 'val/loss');
    await page.getByRole('button', { name: 'Enlarge val/loss' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'val/loss' }).locator('canvas').first().waitFor();
    expect(search(page).get('full')).toBe('val/loss');
    await expectAccessible(page);
    await shot(page, 'workspace-enlarged');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate('document.activeElement.getAttribute("aria-label")'))
      .toBe('Enlarge val/loss');
    await close();
  });

  it('are smoothed, on logarithmic axes, over another metric: all of it stands in the address', async () => {
    const { page, close } = await open('digits?charts=val/loss');
    await isDrawn(page, 'val/loss');
    await page.getByRole('slider', { name: 'Smoothing' }).fill('0.6');
    await expect.poll(() => search(page).get('smooth')).toBe('0.6');
    await page.getByRole('button', { name: /^Display/ }).click();
    await page.getByRole('checkbox', { name: 'Logarithmic y axis' }).check();
    await page.getByRole('checkbox', { name: 'Clip outliers' }).check();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'x axis' }).selectOption('A metric');
    await page.getByRole('combobox', { name: 'Metric of the x axis' }).fill('epoch');
    await expect.poll(() => search(page).get('over')).toBe('epoch');
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await isDrawn(page, 'val/loss');
    // adam-wide has 60 epochs, numbered from 0.
    await expect.poll(() => readAt(page, 'val/loss', 'End')).toMatch(/^59, /);
    await shot(page, 'workspace-smoothed');
    await close();
  });

  it('follow the definitions: hidden metrics have none, others are drawn over what was defined', async () => {
    const { page, close } = await open('defined');
    await isDrawn(page, 'val/acc');
    await expect.poll(() => page.getByRole('application').count()).toBe(3);
    await expect.poll(() => readAt(page, 'val/acc', 'End')).toMatch(/^3\.9, curves 0\.975$/);
    await expect.poll(() => readAt(page, 'loss', 'End')).toMatch(/^step 39, curves 0\.025$/);
    await page.getByRole('combobox', { name: 'x axis' }).selectOption('Step');
    await expect.poll(() => readAt(page, 'val/acc', 'End')).toMatch(/^step 39, /);
    await page.getByRole('combobox', { name: 'x axis' }).selectOption('Time since start');
    await expect.poll(() => readAt(page, 'val/acc', 'End')).toMatch(/^39 min 00 s, curves 0\.975$/);
    await close();
  });

  it('say what they cannot show: NaN, one point, what is not positive on a logarithmic axis', async () => {
    const { page, close } = await open('awkward?logY=true', { height: 1600 });
    await page.getByText('Every value here is NaN or infinite.').waitFor();
    await isDrawn(page, 'sign/mixed');
    // -25 to 0 are 26 points.
    await page.getByText('26 points at or below zero cannot be shown on this scale.').waitFor();
    expect(await readAt(page, 'one/point', 'End')).toMatch(/^step 7, /);
    await expectAccessible(page);
    await shot(page, 'workspace-awkward');
    await close();
  });

  it('of 5,000 metrics are there only where one looks', async () => {
    const { page, close } = await open('many');
    const asked: number[] = [];
    page.on('request', (request) => {
      const { variables } = (request.postDataJSON() ?? {}) as { variables?: { keys?: readonly string[] } };
      if (variables?.keys) asked.push(variables.keys.length);
    });
    await page.getByRole('button', { name: 'layer0 500' }).waitFor();
    await isDrawn(page, 'layer0/weight_0');
    expect(await page.getByRole('application').count()).toBeLessThan(24);
    await page.mouse.wheel(0, 60_000);
    await page.getByRole('application').first().waitFor();
    await shot(page, 'workspace-many');
    expect(await page.getByRole('application').count()).toBeLessThan(24);
    expect(Math.max(...asked)).toBeLessThanOrEqual(4);
    await close();
  });
});

describe('the list of runs', () => {
  it('shows and hides runs, in the address and over a reload', async () => {
    const { page, close } = await open('digits?charts=train/loss');
    await page.getByText('6 of 6 shown').waitFor();
    await page.getByRole('button', { name: 'Show sgd-diverged' }).click();
    await page.getByText('5 of 6 shown').waitFor();
    expect(search(page).get('hidden')).toBe('sgd-diverged');
    await page.reload();
    await page.getByRole('application', { name: 'train/loss, 5 lines' }).waitFor();
    await page.goBack();
    await page.getByText('6 of 6 shown').waitFor();
    await close();
  });

  it('is used with the keyboard alone', async () => {
    const { page, close } = await open('digits?charts=train/loss');
    await page.getByText('6 of 6 shown').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('5 of 6 shown').waitFor();
    // The newest stands first; the second is the one logged before it.
    expect(search(page).get('hidden')).toBe('sgd-small');
    await page.keyboard.press('x');
    await page.getByText('6 of 6 shown').waitFor();
    await close();
  });

  it('filters by name, shows one alone, and all again', async () => {
    const { page, close } = await open('digits?charts=train/loss');
    await page.getByRole('searchbox', { name: 'Filter runs' }).fill('ADAM');
    await page.getByText('2 of 2 shown').waitFor();
    await page.getByRole('application', { name: 'train/loss, 2 lines' }).waitFor();
    await page.getByRole('button', { name: 'Colour and more of adam-wide' }).click();
    await expectAccessible(page);
    await shot(page, 'workspace-run');
    await page.getByRole('button', { name: 'Show only this run' }).click();
    await page.getByRole('application', { name: 'train/loss, 1 line' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Which runs are shown' }).click();
    await page.getByRole('menuitem', { name: 'None' }).click();
    await page.getByText('No runs are shown').waitFor();
    await page.getByRole('button', { name: 'Show the newest runs' }).click();
    await page.getByText('6 of 6 shown').waitFor();
    await close();
  });

  it('gives a run another colour', async () => {
    const { page, close } = await open('digits');
    await page.getByRole('button', { name: 'Colour and more of adam-wide' }).click();
    const chosen = page.getByRole('radio', { checked: true });
    const before = await chosen.getAttribute('aria-label');
    await chosen.press('ArrowRight');
    await expect.poll(() => chosen.getAttribute('aria-label')).not.toBe(before);
    const after = await chosen.getAttribute('aria-label');
    await page.reload();
    await page.getByRole('button', { name: 'Colour and more of adam-wide' }).click();
    expect(await chosen.getAttribute('aria-label')).toBe(after);
    await close();
  });

  it('is a drawer on a phone', async () => {
    const { page, close } = await open('digits', { width: 390, height: 844 });
    await page.getByRole('button', { name: 'Runs, 6 of 6 shown' }).click();
    await page.getByRole('dialog', { name: 'Runs' }).getByRole('link', { name: 'adam-wide' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'workspace-drawer');
    await page.getByRole('button', { name: 'Show adam-wide' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Runs, 5 of 6 shown' }).waitFor();
    await close();
  });

  it('closes, and is as wide as one makes it', async () => {
    const { page, close } = await open('digits');
    const list = page.getByRole('complementary', { name: 'Runs' });
    await page.getByRole('separator').focus();
    await page.keyboard.press('End');
    await expect.poll(async () => (await list.boundingBox())?.width).toBe(320);
    await page.getByRole('button', { name: 'Close the list of runs' }).click();
    await list.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Runs, 6 of 6 shown' }).click();
    await expect.poll(async () => (await list.boundingBox())?.width).toBe(320);
    await close();
  });
});

describe('a run that is running', () => {
  it('grows in the charts of the project and in its own, without a reload', async () => {
    const runId = await startRun(server, 'live', 'moving');
    const rows = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => ({ step: from + at, values: { loss: from + at } }));
    await sendRows(server, { runId, offset: 0, rows: rows(0, 10) });
    const pages = await Promise.all([open('live'), open('live/runs/moving/charts')]);
    for (const { page } of pages) expect(await readAt(page, 'loss', 'End')).toBe('step 9, moving 9');
    await sendRows(server, { runId, offset: 10, rows: rows(10, 20) });
    for (const { page } of pages) {
      await expect.poll(() => readAt(page, 'loss', 'End'), { timeout: 20_000 }).toBe('step 19, moving 19');
    }
    await startRun(server, 'live', 'later');
    await pages[0]?.page.getByText('2 of 2 shown').waitFor({ timeout: 20_000 });
    for (const { close } of pages) await close();
  });
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it('is accessible with everything drawn', async () => {
    const { page, close } = await open('digits?smooth=0.5', { theme });
    await isDrawn(page, 'train/loss');
    await expectAccessible(page);
    await shot(page, 'workspace');
    await close();
  });
});
