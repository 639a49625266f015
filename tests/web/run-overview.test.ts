import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { clientOf, logAwkward, logDigitsRun, logExample } from './support/overview-runs.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  await Promise.all([logExample(server), logDigitsRun(server, 'sgd-diverged'), logAwkward(server)]);
  entity = (await clientOf(server).viewer()).name;
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const open = (path: string, options = {}) => openPage(browser, server, `/${entity}/${path}`, options);
const opened = (...keys: string[]) => `?open=${encodeURIComponent(JSON.stringify(keys))}`;
const summary = (page: Page) => page.getByRole('treegrid', { name: 'Summary' });
const row = (page: Page, name: RegExp | string) => summary(page).getByRole('row', { name });

/** Starts a finished run with a logged `loss` (3, 1, 2) and a value set by hand. @returns its name */
async function logSmall(name: string): Promise<string> {
  const run = await clientOf(server).startRun({ project: 'small', name });
  for (const loss of [3, 1, 2]) run.log({ loss });
  run.summary.set('score', 0.5);
  await run.finish();
  return name;
}

/** What the API says of a run's summary. */
async function summaryOf(name: string) {
  const query = `query ($entity: String!, $name: String!) { run(entity: $entity, project: "small", name: $name) {
    id displayName notes tags state config definitions { name summary }
    summary { document revision explicit { key deleted } } } }`;
  return (await must(server, query, { entity, name })).run;
}

async function setByAnother(name: string, set: object): Promise<void> {
  const { id } = await summaryOf(name);
  const mutation = 'mutation ($input: UpdateSummaryInput!) { updateSummary(input: $input) { summary { revision } } }';
  await must(server, mutation, { input: { runId: id, set } });
}

describe('the summary of a run', () => {
  it('is where W&B says: project, Workspace, the name of a run, Overview, Summary with min and max', async () => {
    const { page, close } = await openPage(browser, server, '/');
    await page.getByRole('link', { name: 'summaries' }).click();
    await page.getByRole('link', { name: 'Workspace' }).click();
    await page.getByRole('link', { name: 'glad-otter-1' }).click();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { name: 'Summary' }).waitFor();
    // loss is 1/1 … 1/10; acc is 1 - 0.9^n for n of 1 … 10.
    await page.getByText('step 9').first().waitFor();
    expect(await summary(page).getByRole('row').allTextContents()).toEqual([
      'acc2 statistics',
      'min0.1step 0',
      'max0.6513step 9',
      'loss2 statistics',
      'min0.1step 9',
      'max1step 0',
    ]);
    await shot(page, 'overview-example');
    await close();
  });

  it('tells all statistics of a metric with their steps, and counts NaN and infinities apart', async () => {
    const { page, close } = await open(`digits/runs/sgd-diverged${opened('train/loss')}`);
    const table = page.getByRole('table', { name: 'Statistics of train/loss' });
    await table.waitFor();
    // As numpy says of tests/data/digits-mlp: two finite values at the steps 0 and 1, then NaN.
    const texts = await table.getByRole('row').allTextContents();
    expect(texts).toContainEqual(expect.stringMatching(/^last *NaN515/));
    expect(texts).toContainEqual(expect.stringMatching(/^min.*2\.3280/));
    expect(texts).toContainEqual(expect.stringMatching(/^max.*4\.36e151/));
    await summary(page).getByText('514', { exact: true }).waitFor();
    await close();
  });

  it('draws a tensor and reads its values when somebody wants them', async () => {
    const { page, close } = await open(`digits/runs/sgd-diverged${opened('weights', 'picture', 'worst')}`, {
      height: 3000,
    });
    await page.getByRole('slider', { name: 'Histogram of weights' }).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Show its values' }).click();
    await page.getByRole('region', { name: 'Values of weights' }).getByRole('rowheader', { name: '[0, 0]' }).waitFor();
    await page.getByText('0 to 255 of 4,096 values').waitFor();
    await page.getByRole('img', { name: 'Four pixels' }).waitFor();
    await page.getByRole('cell', { name: '3 for 8' }).waitFor();
    await shot(page, 'overview-tensor');
    await close();
  });

  it('finds a value among 5,000, and opens no more rows than are seen', async () => {
    const { page, close } = await open('awkward/runs/many');
    await row(page, /layer7\//).waitFor();
    expect(await summary(page).getByRole('row').count()).toBeLessThan(80);
    await page.keyboard.press('/');
    await page.keyboard.type('layer49 block77');
    await row(page, /block77/).waitFor();
    await expect.poll(() => summary(page).getByRole('row').count()).toBe(2);
    expect(page.url()).toContain('q=layer49');
    await page.reload();
    await row(page, /block77/).waitFor();
    await close();
  });

  it('shows the values of a running run as they come', async () => {
    const run = await clientOf(server).startRun({ project: 'small', name: 'moving' });
    run.log({ loss: 5 });
    await run.flush();
    const { page, close } = await open('small/runs/moving');
    await row(page, /^loss 5/).waitFor();
    run.log({ loss: 0.25 });
    await run.flush();
    await row(page, /^loss 0 ?\.25/).waitFor();
    await run.finish();
    await close();
  });

  it('says that nothing was logged', async () => {
    const { page, close } = await open('awkward/runs/nothing');
    await page.getByText('The run ended without logging a value.').waitFor();
    await close();
  });
});

describe('changing a summary', () => {
  it('sets a value with the keyboard alone, and takes it back', async () => {
    await logSmall('keys');
    const { page, close } = await open('small/runs/keys');
    await row(page, /^loss 2/).focus();
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Set loss' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Value' }).fill('1.5');
    await page.keyboard.press('Enter');
    await row(page, /^loss 1 ?\.5/).waitFor();
    await page.getByText('loss was set.').waitFor();
    await expect.poll(async () => (await summaryOf('keys')).summary.document).toEqual({ loss: 1.5, score: 0.5 });
    await row(page, /set by admin/)
      .first()
      .waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.dataset.row')).toBe('loss');
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, /^loss 2/).waitFor();
    expect((await summaryOf('keys')).summary.explicit.map((entry: { key: string }) => entry.key)).toEqual(['score']);
    await close();
  });

  it('moves through rows with the arrow keys, and opens and closes with Enter and Escape', async () => {
    await logSmall('arrows');
    const { page, close } = await open('small/runs/arrows');
    await row(page, /^loss/).focus();
    await page.keyboard.press('ArrowDown');
    const focused = () => page.evaluate('document.activeElement.dataset.row');
    await expect.poll(focused).toBe('score');
    await page.keyboard.press('k');
    await expect.poll(focused).toBe('loss');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Statistics of loss' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByRole('table', { name: 'Statistics of loss' }).waitFor({ state: 'detached' });
    await close();
  });

  it('deletes a metric, marks it with who did, and shows it again', async () => {
    await logSmall('deleted');
    const { page, close } = await open('small/runs/deleted');
    await row(page, /^loss/).focus();
    await page.keyboard.press('Delete');
    await row(page, /^loss deleted/).waitFor();
    await page.getByText('loss was deleted.').waitFor();
    expect((await summaryOf('deleted')).summary.document).toEqual({ score: 0.5 });
    await row(page, /^loss deleted/).hover();
    await page.getByRole('button', { name: 'Take back loss' }).click();
    await row(page, /^loss 2/).waitFor();
    await page.getByRole('button', { name: 'Changes by hand' }).click();
    const changes = page.getByRole('list', { name: 'Changes by hand' });
    await expect.poll(() => changes.getByRole('listitem').count()).toBe(3);
    expect(await changes.getByRole('listitem').first().textContent()).toMatch(/loss[\s\S]*2[\s\S]*taken back by admin/);
    await expectAccessible(page);
    await shot(page, 'overview-changes');
    await close();
  });

  it('says so when somebody was faster, keeps what was typed, and saves it when asked again', async () => {
    await logSmall('conflict');
    const { page, close } = await open('small/runs/conflict');
    await row(page, /^score/).hover();
    await page.getByRole('button', { name: 'Set score', exact: true }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill('0.75');
    await setByAnother('conflict', { score: 0.6 });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody changed the summary since you opened this.').waitFor();
    expect((await summaryOf('conflict')).summary.document.score).toBe(0.6);
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, /^score 0 ?\.75/).waitFor();
    expect((await summaryOf('conflict')).summary.document.score).toBe(0.75);
    await close();
  });

  it('adds a value under a new key, and refuses what is no number in words', async () => {
    await logSmall('added');
    const { page, close } = await open('small/runs/added');
    await page.getByRole('button', { name: 'Add a value' }).first().click();
    await page.getByRole('textbox', { name: 'Key' }).fill('final.f1');
    await page.getByRole('textbox', { name: 'Value' }).fill('high');
    await page.keyboard.press('Enter');
    await page.getByText('"high" is no number.').waitFor();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('text');
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, /^final\.f1|^f1 high/)
      .first()
      .waitFor();
    expect((await summaryOf('added')).summary.document.final).toEqual({ f1: 'high' });
    await close();
  });

  it('defines a metric afterwards, and undoes it', async () => {
    await logSmall('defined');
    const { page, close } = await open('small/runs/defined');
    await row(page, /^loss/).focus();
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: 'Define loss' }).waitFor();
    for (const statistic of ['min', 'max', 'best']) await page.getByRole('checkbox', { name: statistic }).check();
    await page.getByRole('textbox', { name: 'Percentiles' }).fill('p50');
    await page.getByRole('button', { name: 'Define', exact: true }).click();
    await page.getByText('The best value needs to know which way is better.').waitFor();
    await page.getByRole('combobox', { name: 'Better is' }).selectOption('MINIMIZE');
    await expectAccessible(page);
    await shot(page, 'overview-define');
    await page.getByRole('button', { name: 'Define', exact: true }).click();
    // Of 3, 1, 2: numpy's min, max and median.
    await row(page, /^min 1/).waitFor();
    await row(page, /^max 3/).waitFor();
    await row(page, /^p50 2/).waitFor();
    expect((await summaryOf('defined')).summary.document.loss).toEqual({ min: 1, max: 3, best: 1, p50: 2 });
    await page.getByRole('heading', { name: 'Definitions' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, /^loss 2/).waitFor();
    await close();
  });
});

describe('the facts of a run', () => {
  it('are changed in their place: name, notes, tags, and each can be undone', async () => {
    await logSmall('facts');
    const { page, close } = await open('small/runs/facts');
    await page.getByRole('button', { name: 'Change the name' }).click();
    await page.getByRole('textbox', { name: 'name' }).fill('a better name');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'a better name' }).waitFor();
    await page.getByRole('button', { name: 'Add a tag' }).click();
    await page.keyboard.type('good');
    await page.keyboard.press('Enter');
    await page.getByText('good', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Change the notes' }).click();
    await page.keyboard.type('two\nlines');
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await summaryOf('facts')).notes).toBe('two\nlines');
    expect(await summaryOf('facts')).toMatchObject({ displayName: 'a better name', tags: ['good'] });
    await page.getByText('The notes were changed.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(async () => (await summaryOf('facts')).notes).toBe('');
    await close();
  });

  it('have the command, host and commit that the client sent', async () => {
    const { page, close } = await open('digits/runs/sgd-diverged');
    const facts = page.getByRole('region', { name: 'Facts' });
    await facts.getByText("train_digits.py --lr 0.5 --note 'too high'").waitFor();
    await facts.getByText('gpu-node-07').waitFor();
    await facts.getByText('exit code 1').waitFor();
    expect(await facts.getByRole('link', { name: 'git.example.org' }).getAttribute('href')).toBe(
      'https://git.example.org/vision/digits',
    );
    await close();
  });

  it('a value of the config is changed by its key', async () => {
    await logSmall('config');
    const { page, close } = await open('small/runs/config');
    await page.getByRole('button', { name: 'Add a value' }).last().click();
    await page.getByRole('textbox', { name: 'Key' }).fill('optimizer.lr');
    await page.getByRole('textbox', { name: 'Value' }).fill('0.01');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await summaryOf('config')).config).toEqual({ optimizer: { lr: 0.01 } });
    await close();
  });

  it('a run is deleted only by who types its name', async () => {
    await logSmall('unwanted');
    const { page, close } = await open('small/runs/unwanted');
    await page.getByRole('button', { name: 'Actions of the run' }).click();
    await page.getByRole('menuitem', { name: 'Delete the run' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete the run' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Type unwanted to delete it' }).fill('unwanted');
    await confirm.click();
    await page.waitForURL(`**/${entity}/small`);
    expect(await summaryOf('unwanted')).toBeNull();
    await close();
  });

  it('a running run is marked as finished', async () => {
    const run = await clientOf(server).startRun({ project: 'small', name: 'endless' });
    await run.flush();
    const { page, close } = await open('small/runs/endless');
    await page.getByRole('button', { name: 'Actions of the run' }).click();
    await page.getByRole('menuitem', { name: 'Mark as finished' }).click();
    await page.getByRole('button', { name: 'Mark as finished' }).click();
    await page.getByRole('region', { name: 'Facts' }).getByText('Finished').first().waitFor();
    expect((await summaryOf('endless')).state).toBe('FINISHED');
    await run.finish();
    await close();
  });

  it('nothing can be changed by who may only read', async () => {
    const reader = await readerOf(server);
    const context = await openPage(
      browser,
      { ...server, apiKey: reader },
      `/${entity}/summaries/runs/example${opened('loss')}`,
    );
    const { page, close } = context;
    await page.getByRole('table', { name: 'Statistics of loss' }).waitFor();
    for (const name of ['Add a value', 'Define a metric', 'Change the name', 'Add a tag', 'Delete', 'Set']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
    await page.keyboard.press('e');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await close();
  });
});

/** A key that may only read. */
async function readerOf(asker: SummaProcess): Promise<string> {
  const mutation = 'mutation { createApiKey(input: { name: "reader", scopes: [READ] }) { key } }';
  return (await must(asker, mutation)).createApiKey.key;
}

const LOOKS = [
  ['overview', `digits/runs/sgd-diverged`, 1440, 900],
  ['overview-open', `digits/runs/sgd-diverged${opened('train/loss', 'weights', 'report', 'spread')}`, 1440, 2000],
  ['overview-awkward', 'awkward/runs/many', 1440, 900],
  ['overview-nothing', 'awkward/runs/nothing', 1440, 900],
  ['overview-wide', 'digits/runs/sgd-diverged', 1920, 1080],
  ['overview-phone', `digits/runs/sgd-diverged${opened('train/loss', 'weights')}`, 390, 844],
] as const;

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it.each(LOOKS)('is accessible and no wider than the window: %s', async (name, path, width, height) => {
    const { page, close } = await open(path, { theme, width, height });
    await page.getByRole('heading', { name: 'Summary' }).waitFor();
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
    await expectAccessible(page);
    await shot(page, name);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await close();
  });
});
