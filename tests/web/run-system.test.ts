import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type SeededRun, seedRun } from './support/seed-run.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

const SAMPLES = 2_000;
const START = Date.UTC(2026, 10, 25, 12) / 1_000;

let server: SummaProcess;
let browser: Browser;
let seeded: SeededRun;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  seeded = await seedRun(server, 'machines', 'busy');
  await log(0, SAMPLES);
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Logs samples as the door of the `wandb` package does: under keys of the system, every 15 seconds. */
async function log(from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, i) => {
    const at = from + i;
    const wave = Math.sin(at / 60);
    return {
      step: at,
      timestamp: START + at * 15,
      values: {
        'system/cpu': 40 + 30 * wave,
        'system/memory_percent': 35 + at / 100,
        'system/proc/memory/rssMB': 2_000 + at,
        'system/disk///usagePercent': 71.5,
        'system/network/sent': at * 4_000_000,
        'system/network/recv': at * 9_000_000,
        ...Object.fromEntries(
          [0, 1, 2, 3].flatMap((gpu) => [
            [`system/gpu/${gpu}/gpu`, 80 + 15 * Math.sin(at / 20 + gpu)],
            [`system/gpu/${gpu}/temp`, 62 + gpu * 3 + wave],
            [`system/gpu/${gpu}/powerWatts`, 250 + 20 * wave + gpu],
          ]),
        ),
      },
    };
  });
  await must(server, 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }', {
    input: { runId: seeded.run.id, writer: 'machine', offset: from, rows },
  });
}

describe.each(['light', 'dark'] as const)('the machine of a run in %s', (theme) => {
  it('is drawn part by part with its units over the time, and axe finds nothing', async () => {
    const { page, close } = await openPage(browser, server, `${seeded.path}/system`, { theme });
    await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(
      expect.arrayContaining(['CPU', 'CPU use of the process (%)', 'GPU temperature (°C)', 'GPU power (W)']),
    );
    await page.getByRole('list', { name: 'Lines of GPU temperature (°C)' }).getByText('GPU 3').waitFor();
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
    await expectAccessible(page);
    await shot(page, 'run-system-charts');
    await close();
  });
});

it('fits a phone', async () => {
  const { page, close } = await openPage(browser, server, `${seeded.path}/system`, { width: 390, height: 844 });
  await page.getByRole('application').first().waitFor();
  await shot(page, 'run-system-charts');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await close();
});

it('finds charts by name, and keeps the search in the URL', async () => {
  const { page, close } = await openPage(browser, server, `${seeded.path}/system`);
  await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('power');
  await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { name: 'GPU power (W)' }).waitFor();
  await close();
});

it('says how system metrics get here where there are none', async () => {
  const bare = await seedRun(server, 'machines', 'bare');
  const { page, close } = await openPage(browser, server, `${bare.path}/system`);
  await page.getByText('No system metrics').waitFor();
  await expectAccessible(page);
  await close();
});
