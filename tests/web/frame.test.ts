import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { logDigits } from './support/digits-project.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

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
  ['run-overview', '/ENTITY/digits/runs/adam-wide', 'Summary'],
  ['run-charts', '/ENTITY/digits/runs/adam-wide/charts', 'loss'],
  ['run-logs', '/ENTITY/digits/runs/adam-wide/logs', 'No console output'],
  ['run-files', '/ENTITY/digits/runs/adam-wide/files', 'No files'],
  ['run-system', '/ENTITY/digits/runs/adam-wide/system', 'No system metrics'],
  ['no-such-project', '/ENTITY/nowhere', 'Not found'],
  ['no-such-run', '/ENTITY/digits/runs/nobody', 'Not found'],
  ['no-such-page', '/ENTITY/digits/nothing/here', 'There is no such page'],
] as const;

describe.each(['light', 'dark'] as const)('every screen in %s', (theme) => {
  it.each(SCREENS)('is accessible: %s', async (name, path, text) => {
    const { page, close } = await open(path.replace('ENTITY', entity), { theme });
    await page.getByText(text).first().waitFor();
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
    await expectAccessible(page);
    await shot(page, name);
    await close();
  });
});

describe('every screen on a phone', () => {
  it.each(SCREENS)('is not wider than the phone: %s', async (name, path, text) => {
    const { page, close } = await open(path.replace('ENTITY', entity), { width: 390, height: 844 });
    await page.getByText(text).first().waitFor();
    await shot(page, name);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await close();
  });
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

  it('finds a run with the keyboard alone', async () => {
    const { page, close } = await open(`/${entity}/digits`);
    await page.getByText('6 runs').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('sgd-sl');
    await page.getByRole('option', { name: 'sgd-slow' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'palette');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${entity}/digits/runs/sgd-slow`);
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

  it('asks nothing while nobody looks, and at most once a second while somebody does', async () => {
    const { page, close } = await open(`/${entity}/digits`);
    await page.getByText('6 runs').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    const times: number[] = [];
    page.on('request', (request) => request.url().endsWith('/graphql') && times.push(Date.now()));
    await page.waitForTimeout(11_000);
    expect(times.length).toBeGreaterThan(0);
    expect(times.length).toBeLessThanOrEqual(12);
    await close();
  });
});
