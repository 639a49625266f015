import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../../support/summa-process.ts';
import { curveRows, logLargeProject, sendRows, startRun, TWELVE_METRICS } from '../support/large-project.ts';
import { launchBrowser, openPage } from '../support/web.ts';

const MIB = 1024 * 1024;
const RUNS = 30;
const STEPS = 100_000;
/** How long a run is followed. */
const FOLLOW_MS = Number(process.env.SUMMA_BENCH_FOLLOW_MS || 120_000);
const ROWS_A_SECOND = 100;

let server: SummaProcess;
let browser: Browser;

/** A server that is already there, so that the data need not be made again: "url apiKey". */
const [givenUrl, givenKey = ''] = (process.env.SUMMA_BENCH_SERVER ?? '').split(' ');

// It takes minutes and its numbers depend on the machine: `npm run bench:web` runs it and prints them.
describe.runIf(process.env.SUMMA_BENCH)('the workspace at its limits', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    if (givenUrl) {
      server = { url: givenUrl, apiKey: givenKey } as SummaProcess;
      return;
    }
    server = await startSumma();
    await logLargeProject(server, { project: 'large', runs: RUNS, steps: STEPS, keys: TWELVE_METRICS });
  }, 1_800_000);
  afterAll(async () => {
    await browser?.close();
    if (!givenUrl) await server?.[Symbol.asyncDispose]();
  });

  it(`draws ${RUNS} runs of ${STEPS} steps, zooms, and says how long it took and how much memory`, async () => {
    const { page, close } = await openPage(browser, server, '/admin', {});
    const cdp = await page.context().newCDPSession(page);
    const found: string[] = [];
    for (let round = 0; round < 3; round++) {
      await page.goto('/admin');
      const link = page.getByRole('link', { name: 'large' }).first();
      await link.hover();
      await page.evaluate('performance.mark("workspace-began")');
      await link.click();
      const first = await msUntilDrawn(page, 1);
      const seen = await msUntilDrawn(page, 6);
      await page.waitForLoadState('networkidle');
      const zoom = await zoomMs(page);
      await page.waitForLoadState('networkidle');
      await page.mouse.wheel(0, 2_000);
      await page.waitForLoadState('networkidle');
      await page.mouse.wheel(0, -4_000);
      found.push(`first ${first} ms, six ${seen} ms, zoom ${zoom} ms, heap ${await heapMib(cdp)} MiB`);
    }
    console.info(found.map((line) => `workspace, ${RUNS} runs x ${STEPS} steps: ${line}`).join('\n'));
    await close();
  }, 300_000);

  it(
    `follows a run that is logged at ${ROWS_A_SECOND} rows a second, and says how its memory grows`,
    async () => {
      const project = `followed-${Date.now()}`;
      const runId = await startRun(server, project, 'moving');
      let offset = 0;
      const log = async (count: number) => {
        const rows = curveRows(TWELVE_METRICS, { seed: 1, from: offset, count, steps: STEPS });
        await sendRows(server, { runId, offset, rows: rows.map(({ step, values }) => ({ step, values })) });
        offset += count;
      };
      await log(ROWS_A_SECOND);
      const { page, close } = await openPage(browser, server, `/admin/${project}`, {});
      const cdp = await page.context().newCDPSession(page);
      await page.locator('article canvas').first().waitFor();
      const end = Date.now() + FOLLOW_MS;
      const heaps: number[] = [];
      const nodes: number[] = [];
      let turns = 0;
      for (let next = Date.now(); Date.now() < end; next += 1_000) {
        await log(ROWS_A_SECOND);
        if (turns++ % 15 === 0) {
          heaps.push(await heapMib(cdp));
          nodes.push(await page.evaluate('document.querySelectorAll("*").length'));
        }
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, next + 1_000 - Date.now())));
      }
      const chart = page.getByRole('application').first();
      const lastStep = async () => {
        await chart.focus();
        await page.keyboard.press('End');
        return Number(/step (\d+)/.exec((await page.locator('[aria-live]').allTextContents()).join(' '))?.[1] ?? 0);
      };
      console.info(
        `followed for ${FOLLOW_MS / 1_000} s: heap ${heaps.join(', ')} MiB; elements ${nodes.join(', ')}; ` +
          `${offset} rows logged, the chart ends at step ${await lastStep()}`,
      );
      // The last point is the first step of the last of at least 100 buckets, and some seconds old.
      await expect.poll(lastStep, { timeout: 20_000 }).toBeGreaterThan(offset * 0.9);
      await close();
    },
    FOLLOW_MS + 120_000,
  );
});

/** How long after the last navigation began so many charts had lines on them. */
function msUntilDrawn(page: Page, count: number): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.getEntriesByName('workspace-began').at(-1)?.startTime ?? 0;
    const look = () => {
      const drawn = document.querySelectorAll('[role="application"] canvas').length;
      if (drawn >= ${count}) resolve(Math.round(performance.now() - began));
      else requestAnimationFrame(look);
    };
    look();
  })`);
}

async function zoomMs(page: Page): Promise<number> {
  const chart = page.getByRole('application').first();
  const box = await chart.locator('.u-over').boundingBox();
  if (!box) throw new Error('no chart is seen');
  const y = box.y + box.height / 2;
  const answered = page.waitForResponse((response) => /"range":\{"from":\d/.test(response.request().postData() ?? ''));
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 2 });
  const began = Date.now();
  await page.mouse.up();
  await (await answered).finished();
  // The frame after the lines were given to React.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  return Date.now() - began;
}

/** The heap of the page after a collection, with its elements and typed arrays. */
async function heapMib(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
  return Math.round(((usedSize + embedderHeapUsedSize + backingStorageSize) / MIB) * 10) / 10;
}
