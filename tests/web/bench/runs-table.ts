import { type Browser, chromium, type Page } from 'playwright-core';
import { type SummaProcess, startSumma } from '../../support/summa-process.ts';
import { CHROMIUM } from '../support/install-chromium.ts';
import { logManyRuns } from './many-runs.ts';

/*
 * Measures the table of runs in a real browser: how long after the click on "Runs" rows are there, how long sorting and
 * filtering take, and for how long a row or a cell is blank while one scrolls.
 *
 *   npm run bench:web             the workspace, then 10,000 runs with 100 summary keys and 50 config keys
 *   npm run bench:web -- 2000     another number of runs
 *
 * With SUMMA_URL and SUMMA_API_KEY it measures the project "many" of a server that runs already.
 */

const SIZE = { summaryKeys: 100, configKeys: 50 };
const TIMES = 5;
const SCROLL_MS = 6_000;
const runs = Number(process.argv[2] ?? 10_000);

/** Whether the table has rows, and no cell is waited for. */
const FILLED = `(() => {
  const rows = document.querySelectorAll('[role="grid"] [role="row"]');
  return rows.length > 10 && !document.querySelector('[role="gridcell"] [class*="pending"]') && !document.querySelector('[aria-busy="true"]');
})()`;

async function seed(server: SummaProcess): Promise<void> {
  const start = performance.now();
  await logManyRuns(server, 'many', { runs, ...SIZE });
  report('logging', `${runs} runs in ${seconds(performance.now() - start)}`);
}

async function measure(server: { readonly url: string; readonly apiKey: string }): Promise<void> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await measureIn(browser, server);
  } finally {
    await browser.close();
  }
}

async function measureIn(browser: Browser, server: { readonly url: string; readonly apiKey: string }): Promise<void> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  const signedIn = await context.request.post(`${server.url}/api/session`, { data: { apiKey: server.apiKey } });
  const { userName } = (await signedIn.json()) as { userName: string };
  // The names that tsx gives to functions within functions, for the one that runs in the page.
  await context.addInitScript('globalThis.__name = (named) => named');
  const opened: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const page = await context.newPage();
    await page.goto(`/${userName}/many/compare`);
    const tab = page.getByRole('link', { name: 'Runs', exact: true });
    await tab.waitFor();
    opened.push(await timed(page, () => tab.click(), FILLED));
    await page.close();
  }
  report('from the click to a table full of values', opened);

  const page = await context.newPage();
  await page.goto(`/${userName}/many/runs`);
  await untilFilled(page);
  const sorted: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const key = `train/metric_${String(2 * (time % 4)).padStart(2, '0')}`;
    const button = page.getByRole('columnheader', { name: key }).getByRole('button').first();
    sorted.push(await timed(page, () => button.click(), FILLED, { changes: true }));
  }
  report('from the click on a header to the first rows of the order', sorted);
  const filtered: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await page.goto(`/${userName}/many/runs`);
    await untilFilled(page);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: 'Search columns' }).fill('metric_01');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Comparison of val/metric_01' }).selectOption('ge');
    const operand = page.getByRole('textbox', { name: 'Value of val/metric_01' });
    filtered.push(await timed(page, () => operand.fill(`0.${9 - time}`), FILLED, { changes: true }));
  }
  report('from the last key of a filter to the first rows', filtered);

  for (const [how, down, across] of [
    ['slowly', 40, 0],
    ['fast', 1_500, 0],
    ['sideways', 0, 60],
  ] as const) {
    const all = Array.from(
      { length: SIZE.summaryKeys },
      (_, at) => `${at % 2 === 0 ? 'train' : 'val'}/metric_${String(at).padStart(2, '0')}`,
    );
    const others = Array.from({ length: SIZE.configKeys - 2 }, (_, at) => `config.option_${at + 2}`);
    const means = all.slice(0, 52).map((key) => `${key}:mean`);
    await page.goto(
      `/${userName}/many/runs?cols=${encodeURIComponent(['*@name', ...all, ...others, ...means].join(','))}`,
    );
    await untilFilled(page);
    const { frames, longestFrame, longestBlank, blankFrames } = await page.evaluate(scroll, {
      down,
      across,
      ms: SCROLL_MS,
    });
    report(
      `scrolling ${how}, 200 columns`,
      `${frames} frames, the longest ${longestFrame} ms; something blank in ${blankFrames} of them, for ${longestBlank} ms at most`,
    );
  }
}

/** Waits as an expression that the debugger evaluates, for the policy of the page forbids others. */
async function untilFilled(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const look = () => (${FILLED} ? resolve() : requestAnimationFrame(look));
    look();
  })`);
}

/** How long after an act the page is as wanted, in ms, seen from the page itself; with `changes` after it became otherwise. */
async function timed(page: Page, act: () => Promise<void>, wanted: string, { changes = false } = {}): Promise<number> {
  await page.evaluate(`(() => {
    const first = () => [...document.querySelectorAll('[role="gridcell"] a')].map((link) => link.textContent).join();
    const before = first();
    window.__took = new Promise((resolve) => {
      const begin = (start) => {
        const look = () => (${changes ? 'first() !== before && ' : ''}${wanted}) ? resolve(performance.now() - start) : requestAnimationFrame(look);
        requestAnimationFrame(look);
      };
      for (const type of ['click', 'input']) addEventListener(type, (event) => begin(event.timeStamp), { capture: true, once: true });
    });
  })()`);
  await act();
  return (await page.evaluate('window.__took')) as number;
}

/** Scrolls frame by frame, and looks in each frame whether a row or a cell in sight is blank. Runs in the page. */
async function scroll({ down, across, ms }: { down: number; across: number; ms: number }) {
  const grid = document.querySelector('[role="grid"]');
  if (!grid) throw new Error('there is no grid');
  const box = grid.getBoundingClientRect();
  const isBlank = () => {
    for (const x of [100, 500, 900, 1_300]) {
      for (const y of [60, 300, 600]) {
        const at = document.elementFromPoint(box.left + x, box.top + y);
        if (!at?.closest('[role="row"]') || at.closest('[role="gridcell"]')?.querySelector('[class*="pending"]'))
          return true;
      }
    }
    return false;
  };
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  let frames = 0;
  let blankFrames = 0;
  let longestFrame = 0;
  let longestBlank = 0;
  let blankSince: number | null = null;
  let last = await frame();
  for (const start = last; last - start < ms; ) {
    grid.scrollBy(across, down);
    const now = await frame();
    frames++;
    longestFrame = Math.max(longestFrame, now - last);
    if (isBlank()) {
      blankFrames++;
      blankSince ??= last;
      longestBlank = Math.max(longestBlank, now - blankSince);
    } else blankSince = null;
    last = now;
  }
  return { frames, blankFrames, longestFrame: Math.round(longestFrame), longestBlank: Math.round(longestBlank) };
}

function report(what: string, result: string | readonly number[]): void {
  const text = typeof result === 'string' ? result : `${result.map((ms) => Math.round(ms)).join(', ')} ms`;
  process.stdout.write(`${what}: ${text}\n`);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

const { SUMMA_URL: url, SUMMA_API_KEY: apiKey } = process.env;
if (url && apiKey) await measure({ url, apiKey });
else {
  await using server = await startSumma();
  await seed(server);
  await measure(server);
}
