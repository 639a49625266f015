import { readFile } from 'node:fs/promises';
import { createClient } from '@summa/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIGITS_RUNS, digitsRows } from '../support/digits.ts';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { logDigits } from './support/digits-project.ts';
import { expectAccessible, launchBrowser, openPage, type PageOptions, shot } from './support/web.ts';

const LONG_NAME = `run-${'with-a-very-long-name-'.repeat(9)}`.slice(0, 200);

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  entity = await logDigits(server);
  await logAwkward();
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Runs whose names are long, whose values are no numbers, and one whose summary shows statistics. */
async function logAwkward(): Promise<void> {
  const client = createClient({ url: server.url, apiKey: server.apiKey });
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`layer_${at}/norm`, at]));
  const runs = [
    {
      name: 'long',
      displayName: LONG_NAME,
      config: { opt: 'adam', lr: 0.1 },
      rows: [
        { loss: 2, acc: 0.1, ...many },
        { loss: 0.5, acc: 0.75 },
      ],
    },
    {
      name: 'nan',
      displayName: 'all NaN',
      config: { opt: 'sgd', lr: 0.01 },
      rows: [{ loss: Number.NaN, acc: Number.NaN }],
    },
    {
      name: 'one',
      displayName: 'one point',
      config: { opt: 'adam', nested: { a: [1, 2] } },
      rows: [{ loss: 0.25, acc: 0.5 }],
    },
    { name: 'bare', displayName: 'nothing logged', config: {}, rows: [] },
  ];
  for (const { rows, ...start } of runs) {
    const run = await client.startRun({ project: 'awkward', tags: [start.name], ...start });
    run.defineMetric('loss', { summary: ['min', 'max'] });
    run.defineMetric('acc', { summary: ['min', 'max'] });
    for (const row of rows) run.log(row);
    await run.finish();
  }
}

/** The least finite `val/loss` of a recorded run, out of its file; NaN when there is none. */
async function leastLoss(run: string): Promise<number> {
  const finite = (await digitsRows(run)).map((row) => row['val/loss']).filter((value) => Number.isFinite(value));
  return finite.length === 0 ? Number.NaN : Math.min(...finite.map(Number));
}

const open = (path: string, options: PageOptions = {}) => openPage(browser, server, `/${entity}/${path}`, options);

/** The text of the cells of the rows that are in the page, without that of the checkboxes. */
function rowsOf(page: Page): Promise<string[][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[role="grid"] [role="row"]')]
      .slice(1)
      .map((row) => [...row.querySelectorAll('[role="gridcell"]')].slice(1).map((cell) => cell.textContent ?? '')),
  );
}

const column = async (page: Page, at: number) => (await rowsOf(page)).map((row) => row[at]);
const header = (page: Page, name: string | RegExp) => page.getByRole('columnheader', { name });

describe('the table of runs', () => {
  it('shows the statistics that runs define as columns named after the keys of the summary', async () => {
    const { page, close } = await open('awkward/runs');
    for (const name of ['loss.min', 'loss.max', 'acc.min', 'acc.max']) await header(page, name).waitFor();
    await expect.poll(() => rowsOf(page)).toHaveLength(4);
    const of = async (name: string) => (await rowsOf(page)).find(([first]) => first === name)?.slice(7, 11);
    await expect
      .poll(() => of(LONG_NAME))
      .toEqual(['0.1', 'best0.75', '0.5', 'best2'].map((text) => expect.stringContaining(text.replace('best', ''))));
    await close();
  });

  it('shows the numbers that were logged, the full value on hover, and marks the best of a column', async () => {
    const { page, close } = await open('digits/runs?cols=*@name,val/loss:min,val/acc:max');
    await expect.poll(() => column(page, 1)).not.toContain('');
    const least = new Map<string, number>();
    for (const name of DIGITS_RUNS) least.set(name, await leastLoss(name));
    const finite = [...least].filter(([, min]) => Number.isFinite(min));
    for (const [name, min] of finite) {
      const number = page
        .getByRole('row')
        .filter({ hasText: name })
        .locator('[aria-colindex="3"] [class*="number"][title]');
      expect(Number(await number.getAttribute('title'))).toBeCloseTo(min, 12);
    }
    const [bestName] = finite.sort((a, b) => a[1] - b[1])[0] ?? [];
    await page.getByTitle('Best of this column').first().waitFor();
    const bestRow = page
      .getByRole('row')
      .filter({ has: page.locator('[aria-colindex="3"] [title="Best of this column"]') });
    expect(await bestRow.getByRole('link').textContent()).toBe(bestName);
    await close();
  });

  it('sorts with clicks on headers, by several columns with Shift, and Back takes it back', async () => {
    const { page, close } = await open('digits/runs?cols=*@name,val/loss:min,@state');
    await header(page, 'val/loss · min').getByRole('button').first().click();
    await page.waitForURL(/sort=/);
    const mins = new Map<string, number>();
    for (const name of DIGITS_RUNS) mins.set(name, await leastLoss(name));
    const known = DIGITS_RUNS.filter((name) => Number.isFinite(mins.get(name)));
    const ascending = known.sort((a, b) => (mins.get(a) ?? 0) - (mins.get(b) ?? 0));
    // A run without the value is last either way.
    const missing = DIGITS_RUNS.filter((name) => !known.includes(name));
    await expect.poll(() => column(page, 0)).toEqual([...ascending, ...missing]);
    await header(page, 'val/loss · min').getByRole('button').first().click();
    await expect.poll(() => column(page, 0)).toEqual([...[...ascending].reverse(), ...missing]);
    await header(page, 'State')
      .getByRole('button')
      .first()
      .click({ modifiers: ['Shift'] });
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('-val/loss:min,@state');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => column(page, 0)).toEqual([...ascending, ...missing]);
    await close();
  });

  it('builds a filter with "or" and a regular expression, says it in words, and keeps it over a reload', async () => {
    const { page, close } = await open('digits/runs');
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('combobox', { name: 'How the conditions are joined' }).selectOption('any');
    const add = async (key: string) => {
      await page.getByRole('button', { name: 'Add a condition' }).click();
      await page.getByRole('combobox', { name: 'Search columns' }).fill(key);
      await page.keyboard.press('Enter');
    };
    await add('Name');
    await page.getByRole('combobox', { name: 'Comparison of Name' }).selectOption('matches');
    await page.getByRole('textbox', { name: 'Value of Name' }).fill('^adam-(wide|small)$');
    await expect.poll(() => column(page, 0)).toEqual(['adam-wide', 'adam-small']);
    await add('val/loss');
    await page.getByRole('combobox', { name: 'Comparison of val/loss' }).selectOption('is missing');
    await shot(page, 'runs-filter');
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await page.getByText('(Name matches ^adam-(wide|small)$ or val/loss is missing)').waitFor();
    await page.reload();
    await expect.poll(() => column(page, 0)).toEqual(['adam-wide', 'adam-small']);
    await page.getByRole('button', { name: /^Remove the filter/ }).click();
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    await close();
  });

  it('says that no run passes, and gives a way back', async () => {
    const { page, close } = await open('digits/runs?filter=@name=nobody');
    await page.getByText('No run passes the filter').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    await close();
  });

  it('says what is wrong with a regular expression', async () => {
    const { page, close } = await open('digits/runs?filter=@name~"("');
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Clear filter, order and groups' }).click();
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    await close(/400/);
  });

  it('groups by a key of the config with the mean of each group, and opens a group', async () => {
    const { page, close } = await open('awkward/runs?cols=*@name,acc:max&group=config.opt');
    await page.getByRole('button', { name: /^adam ?2 runs/ }).waitFor();
    // The means of 0.75 and 0.5, and their standard deviation.
    await expect.poll(() => rowsOf(page)).toContainEqual(['adam 2 runs', '0.625± 0.125']);
    await page.getByRole('button', { name: /^adam ?2 runs/ }).click();
    await page.getByRole('link', { name: 'one point' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'runs-grouped');
    await close();
  });

  it('finds a column among hundreds of keys, shows it, changes its statistic, pins, moves and hides it', async () => {
    const { page, close } = await open('awkward/runs');
    await page.getByRole('button', { name: /^Columns/ }).click();
    await page.getByRole('combobox', { name: 'Search columns' }).fill('layer_277');
    await page.getByRole('status').filter({ hasText: '1 column' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    const cols = () => new URL(page.url()).searchParams.get('cols') ?? '';
    await expect.poll(cols).toContain('layer_277/norm');
    const menu = async (name: string, item: string, role: 'menuitem' | 'menuitemradio' = 'menuitem') => {
      await header(page, name).hover();
      await page.getByRole('button', { name: `Column ${name}`, exact: true }).click();
      await page.getByRole(role, { name: item, exact: true }).click();
    };
    await header(page, 'layer_277/norm').scrollIntoViewIfNeeded();
    await menu('layer_277/norm', 'Max', 'menuitemradio');
    await expect.poll(cols).toContain('layer_277/norm:max');
    await menu('layer_277/norm · max', 'Pin to the left');
    await expect.poll(cols).toContain('*@name,*layer_277/norm:max');
    await menu('layer_277/norm · max', 'Move left');
    await expect.poll(cols).toContain('*layer_277/norm:max,*@name');
    await menu('layer_277/norm · max', 'Wider');
    await expect.poll(cols).toMatch(/layer_277\/norm:max!\d+/);
    await menu('layer_277/norm · max', 'Hide');
    await expect.poll(cols).not.toContain('layer_277');
    await close();
  });

  it('makes a column wider with its edge, and moves it by dragging', async () => {
    const { page, close } = await open('digits/runs?cols=*@name,@state,@created');
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    const box = await header(page, 'State').boundingBox();
    if (!box) throw new Error('the header has no box');
    await page.mouse.move(box.x + box.width - 2, box.y + 16);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 58, box.y + 16, { steps: 4 });
    await page.mouse.up();
    const cols = () => new URL(page.url()).searchParams.get('cols');
    await expect.poll(cols).toBe('*@name,@state!164,@created');
    await header(page, 'Created').dragTo(header(page, 'State'));
    await expect.poll(cols).toBe('*@name,@created,@state!164');
    await close();
  });

  it('selects with Shift and compares', async () => {
    const { page, close } = await open('digits/runs?sort=@name');
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    await page.getByRole('checkbox', { name: 'Select adam-small' }).click();
    await page.getByRole('checkbox', { name: 'Select sgd-diverged' }).click({ modifiers: ['Shift'] });
    await page.getByText('3 runs selected').waitFor();
    await shot(page, 'runs-selected');
    await page.keyboard.press('c');
    await page.waitForURL(/compare/);
    expect(decodeURIComponent(page.url())).toContain('adam-small');
    await page.goBack();
    await page.getByText('3 runs selected').waitFor();
    await close();
  });

  it('tags what is selected, takes that back, and deletes after asking', async () => {
    const client = createClient({ url: server.url, apiKey: server.apiKey });
    for (const name of ['t-1', 't-2']) await (await client.startRun({ project: 'tags', name, tags: ['old'] })).finish();
    const { page, close } = await open('tags/runs');
    await expect.poll(() => rowsOf(page)).toHaveLength(2);
    await page.getByRole('checkbox', { name: /Select all/ }).click();
    await page.getByRole('button', { name: 'Tags', exact: true }).last().click();
    await page.getByRole('textbox', { name: 'Add a tag to all of them' }).fill('new');
    await page.keyboard.press('Enter');
    await expect.poll(() => column(page, 4)).toEqual(['oldnew', 'oldnew']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => column(page, 4)).toEqual(['old', 'old']);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete 2 runs?' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted 2 runs').waitFor();
    await page.getByText('Log the first run').waitFor();
    await close();
  });

  it('gives the columns shown of all runs as CSV', async () => {
    const { page, close } = await open('digits/runs?cols=*@name,val/loss:min&sort=@name');
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV' }).click();
    await page.getByRole('menuitem', { name: 'The columns shown' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('Name,val/loss · min');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual([...DIGITS_RUNS].sort());
    const min = await leastLoss('adam-small');
    expect(Number(lines[1]?.split(',')[1])).toBeCloseTo(min, 12);
    await close();
  });

  it('shows how to log the first run below the toolbar with its parts together, and then the run with its metrics by itself', async () => {
    const client = createClient({ url: server.url, apiKey: server.apiKey });
    await must(server, 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }', {
      input: { entity, name: 'begun' },
    });
    const { page, close } = await open('begun/runs');
    const title = await page.getByRole('heading', { name: 'Log the first run' }).boundingBox();
    const text = await page.getByText('Run this beside your training code.').boundingBox();
    expect(title?.x).toBeGreaterThanOrEqual(16);
    expect((text?.y ?? Number.NaN) - (title?.y ?? Number.NaN)).toBeLessThan(60);
    await using run = await client.startRun({ project: 'begun', name: 'first' });
    run.log({ loss: 4 });
    await run.flush();
    await expect.poll(() => rowsOf(page), { timeout: 15_000 }).toHaveLength(1);
    await page.getByRole('columnheader', { name: 'loss' }).waitFor();
    await page.getByRole('gridcell', { name: '4', exact: true }).waitFor();
    await close();
  });

  it('brings the values of a running run up to date in place, and says that runs came', async () => {
    const client = createClient({ url: server.url, apiKey: server.apiKey });
    const run = await client.startRun({ project: 'live', name: 'going' });
    run.log({ loss: 4 });
    await run.flush();
    const { page, close } = await open('live/runs?cols=*@name,loss');
    await expect.poll(() => column(page, 1)).toEqual(['4']);
    run.log({ loss: 3 });
    await run.flush();
    await expect.poll(() => column(page, 1), { timeout: 10_000 }).toEqual(['3']);
    await (await client.startRun({ project: 'live', name: 'second' })).finish();
    await page.getByRole('button', { name: '1 new run' }).waitFor({ timeout: 15_000 });
    expect(await column(page, 0)).toEqual(['going']);
    await page.getByRole('button', { name: '1 new run' }).click();
    await expect.poll(() => column(page, 0)).toEqual(['second', 'going']);
    await run.finish();
    await close();
  });

  it('is worked with the keyboard alone', async () => {
    const { page, close } = await open('digits/runs?sort=@name');
    await expect.poll(() => rowsOf(page)).toHaveLength(6);
    await page.getByRole('grid').focus();
    const active = () =>
      page.evaluate(() => document.querySelector('[role="grid"]')?.getAttribute('aria-activedescendant'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    expect(await active()).toBe('runs-cell-2-1');
    await page.keyboard.press('x');
    await page.getByText('1 run selected').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('2 runs selected').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('2 runs selected').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Sort descending' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('-@name');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await expect.poll(async () => (await column(page, 0))[0]).toBe('sgd-wide');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/runs\/sgd-wide/);
    await close();
  });
});

describe.each(['light', 'dark'] as const)('the table of runs in %s', (theme) => {
  it.each(['digits', 'awkward'])('is accessible: %s', async (project) => {
    const { page, close } = await open(`${project}/runs`, { theme });
    await page.getByRole('row').nth(2).waitFor();
    await expectAccessible(page);
    await shot(page, `runs-${project}`);
    await close();
  });
});

it('is a list on a phone, with filter and order in reach', async () => {
  const { page, close } = await open('awkward/runs', { width: 390, height: 844 });
  await page.getByRole('link', { name: 'one point' }).waitFor();
  await expectAccessible(page);
  await shot(page, 'runs-awkward');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Sort' }).click();
  await page.getByRole('combobox', { name: 'Search columns to sort by' }).fill('Name');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('listitem').first().textContent()).toContain('all NaN');
  await close();
});
