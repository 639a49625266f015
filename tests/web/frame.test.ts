import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { logDigits } from './support/digits-project.ts';
import { expectAccessible, launchBrowser, openPage, settled, shot } from './support/web.ts';

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  entity = await logDigits(server);
  await must(
    server,
    'mutation { createProject(input: { entity: "ENTITY", name: "empty" }) { project { id } } }'.replace(
      'ENTITY',
      entity,
    ),
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const open = (path: string, options = {}) => openPage(browser, server, path, options);
const SCREENS = [
  ['projects', '/', 'digits'],
  ['entity', '/ENTITY', 'digits'],
  ['settings', '/settings', 'API keys'],
  ['workspace', '/ENTITY/digits', 'train'],
  ['runs', '/ENTITY/digits/runs', 'adam-wide'],
  ['compare-nothing', '/ENTITY/digits/compare', 'No runs are chosen'],
  ['project-settings', '/ENTITY/digits/settings', 'Visibility'],
  ['empty-project', '/ENTITY/empty', 'Log the first run'],
  ['empty-runs', '/ENTITY/empty/runs', 'Log the first run'],
  ['run-overview', '/ENTITY/digits/runs/adam-wide', 'Summary'],
  ['run-charts', '/ENTITY/digits/runs/adam-wide/charts', 'loss'],
  ['run-logs', '/ENTITY/digits/runs/adam-wide/logs', 'No console output'],
  ['run-files', '/ENTITY/digits/runs/adam-wide/files', 'No files'],
  ['run-system', '/ENTITY/digits/runs/adam-wide/system', 'No system metrics'],
  ['no-such-project', '/ENTITY/nowhere', 'Not found'],
  ['no-such-run', '/ENTITY/digits/runs/nobody', 'Not found'],
  ['no-such-page', '/ENTITY/digits/nothing/here', 'There is no such page'],
] as const;
/** Screens with menus and panels of their own; those of the frame are opened on the settings. */
const WITH_MENUS: ReadonlySet<string> = new Set(['workspace', 'runs', 'run-overview', 'settings']);
const MOST_OPENERS = 8;

describe('every screen', () => {
  let shared: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    shared = await open('/');
  });
  afterAll(() => shared?.close());

  it.each(SCREENS)('is accessible in both themes, and no wider than a phone: %s', async (name, path, text) => {
    const { page } = shared;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path.replace('ENTITY', entity));
    await settled(page, text);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
      await shot(page, name);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(page, name);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    // What is left of a window of 1280 × 800 at a zoom of 200 %.
    await page.setViewportSize({ width: 640, height: 400 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(640);
    await shot(page, name);
  });

  it.each(SCREENS.filter(([name]) => WITH_MENUS.has(name)))(
    'is accessible with whatever its buttons open: %s',
    async (name, path, text) => {
      const { page } = shared;
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path.replace('ENTITY', entity));
      await settled(page, text);
      const openers = page.locator(`${name === 'settings' ? '' : 'main '}button[aria-haspopup]:visible`);
      // Of rows that are alike the first is enough.
      const count = Math.min(MOST_OPENERS, await openers.count());
      for (let at = 0; at < count; at++) {
        const opener = openers.nth(at);
        const label = (await opener.getAttribute('aria-label')) ?? (await opener.textContent());
        await opener.click();
        await page.locator('[role="menu"], [role="dialog"], [role="listbox"]').first().waitFor();
        await expectAccessible(page, `"${label}" is open`);
        await shot(page, `${name}-open-${at}`);
        await page.keyboard.press('Escape');
        await page.locator('[role="menu"], [role="dialog"], [role="listbox"]').first().waitFor({ state: 'detached' });
      }
      expect(count).toBeGreaterThan(0);
    },
  );
});

describe('the frame', () => {
  it('says where one is in the title of the page', async () => {
    const { page, close } = await open(`/${entity}/digits/runs`);
    await expect.poll(() => page.title()).toBe('Runs · digits · Summa');
    await page.getByRole('link', { name: 'adam-wide' }).click();
    await expect.poll(() => page.title()).toBe('adam-wide · digits · Summa');
    await page.goBack();
    await expect.poll(() => page.title()).toBe('Runs · digits · Summa');
    await close();
  });

  it('shows the page of a run at the link that the W&B client prints', async () => {
    const { page, close } = await open(`/wandb/${entity}/digits/runs/adam-wide`);
    await page.waitForURL(`**/${entity}/digits/runs/adam-wide`);
    await page.getByRole('heading', { name: 'adam-wide' }).waitFor();
    await close();
  });

  it('counts the runs of the project', async () => {
    const { page, close } = await open(`/${entity}/digits`);
    await page.getByText('6 runs').waitFor();
    await close();
  });

  it('shows how to log the first run with the real address, and the run as soon as it is there', async () => {
    const { page, close } = await open(`/${entity}/empty`);
    await page.getByText(`WANDB_BASE_URL=${server.url}/wandb`).waitFor();
    await page.getByRole('tab', { name: 'TypeScript' }).click();
    await page.getByText(`createClient({ url: '${server.url}' })`).waitFor();
    const { startRun } = await must(
      server,
      'mutation { startRun(input: { project: "empty", name: "first" }) { run { id } } }',
    );
    await page.getByRole('link', { name: 'first' }).waitFor();
    await must(server, 'mutation ($id: ID!) { deleteRun(input: { runId: $id }) { deletedRunId } }', {
      id: startRun.run.id,
    });
    await close();
  });

  it('keeps the chosen theme over a reload, whatever the system has', async () => {
    const { page, close } = await open('/', { theme: 'light' });
    const scheme = () => page.evaluate('getComputedStyle(document.documentElement).colorScheme');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect.poll(scheme).toBe('dark');
    await page.reload();
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    expect(await scheme()).toBe('dark');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'As the system' }).click();
    await expect.poll(scheme).toBe('light dark');
    await close();
  });

  it('finds metrics, screens, actions, projects and runs with the keyboard alone', async () => {
    const { page, close } = await open(`/${entity}/digits`);
    await page.getByText('6 runs').waitFor();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('combobox', { name: 'Search runs, metrics, projects and actions' });
    for (const [text, option] of [
      ['val/per_class.3', 'val/per_class.3 Metric'],
      ['runs of', 'Runs of digits Screen'],
      ['dark', 'Dark theme Action'],
      ['/empty', `${entity}/empty Project`],
    ] as const) {
      await palette.fill(text);
      await page.getByRole('option', { name: option }).waitFor();
    }
    await palette.fill('sgd-sl');
    await page.getByRole('option', { name: 'sgd-slow' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'palette');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${entity}/digits/runs/sgd-slow`);
    await close();
  });

  it('gives the focus back when the palette closes, and names its keys as they are on this keyboard', async () => {
    const { page, close } = await open(`/${entity}/digits`);
    await page.getByRole('button', { name: 'Search Ctrl K' }).waitFor();
    const compare = page.getByRole('link', { name: 'Compare', exact: true });
    await compare.focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search runs, metrics, projects and actions' }).fill('a');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => compare.evaluate((link) => link === document.activeElement)).toBe(true);
    await close();
  });

  it('lists its keys for "?", and filters for "/"', async () => {
    const { page, close } = await open('/');
    await page.getByRole('link', { name: 'digits' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'keyboard');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('nothing like it');
    await page.getByRole('link', { name: 'digits' }).waitFor({ state: 'detached' });
    await close();
  });

  it('reads the values of a chart to whoever moves over it with the arrow keys', async () => {
    const { page, close } = await open(`/${entity}/digits/runs/adam-wide/charts`);
    const chart = page.getByRole('application').first();
    await chart.locator('canvas').waitFor();
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await expect
      .poll(() => page.locator('[aria-live="polite"]').allInnerTexts())
      .toContainEqual(expect.stringMatching(/^step \d+, adam-wide -?[\d.e-]+/));
    await shot(page, 'run-charts-cursor');
    await close();
  });

  it('says that it is offline, keeps what is seen, and goes on by itself', async () => {
    const { page, close } = await open(`/${entity}/digits/runs`);
    await page.getByRole('link', { name: 'adam-wide' }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('The server does not answer. What you see is from before').waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'adam-wide' }).waitFor();
    await shot(page, 'offline');
    await page.context().setOffline(false);
    await page.getByText('The server does not answer').waitFor({ state: 'detached', timeout: 30_000 });
    await close(/ERR_INTERNET_DISCONNECTED/);
  });

  it('asks at most once a second while somebody looks, and nothing while nobody does', async () => {
    const { page, close } = await open('/');
    await page.clock.install();
    await page.goto(`/${entity}/digits`);
    await settled(page, '6 runs');
    const asked: string[] = [];
    page.on('request', (request) => request.url().endsWith('/graphql') && asked.push(request.url()));
    const seconds = async (count: number) => {
      const most = [];
      for (let second = 0; second < count; second++) {
        const before = asked.length;
        await page.clock.runFor(1_000);
        await page.waitForLoadState('networkidle');
        most.push(asked.length - before);
      }
      return most;
    };
    const looking = await seconds(12);
    expect(Math.max(...looking)).toBe(1);
    await page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })");
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    expect(Math.max(...(await seconds(12)))).toBe(0);
    await page.evaluate('delete document.visibilityState');
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await expect.poll(() => seconds(1)).toEqual([1]);
    await close();
  });
});
