import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { SummaProcess } from '../../support/summa-process.ts';
import { CHROMIUM } from './install-chromium.ts';

const SCREENSHOTS = fileURLToPath(new URL('../../../.ci-output/screenshots', import.meta.url));

/** Starts a browser that asks nobody but the server of the test. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** How a page is opened. */
export interface PageOptions {
  /** Signs in first, unless false. */
  readonly signedIn?: boolean;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A page of the web app in a browser context of its own. */
export interface WebPage {
  readonly page: Page;
  /** What the browser said that is an error: uncaught errors, console errors and breaches of the page's policy. */
  readonly problems: string[];
  /** Ends the page; fails when the browser had something to say that `allowed` does not match. */
  close(allowed?: RegExp): Promise<void>;
}

/** Opens a path of the server's web app in a fresh browser context. */
export async function openPage(
  browser: Browser,
  server: SummaProcess,
  path: string,
  { signedIn = true, theme = 'light', width = 1440, height = 900 }: PageOptions = {},
): Promise<WebPage> {
  const context = await browser.newContext({
    baseURL: server.url,
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  if (signedIn) await signIn(context, server);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
  });
  await page.goto(path);
  return {
    page,
    problems,
    async close(allowed) {
      await context.close();
      expect(problems.filter((problem) => !allowed?.test(problem))).toEqual([]);
    },
  };
}

/** Signs the browser in as the first user, as the screen to sign in does. */
export async function signIn(context: BrowserContext, server: SummaProcess): Promise<void> {
  const answer = await context.request.post(`${server.url}/api/session`, { data: { apiKey: server.apiKey } });
  if (!answer.ok()) throw new Error(`signing in was answered with ${answer.status()}: ${await answer.text()}`);
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

/** Waits until a text is seen and nothing on the page says that it is still being loaded. */
export async function settled(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** Fails on anything that axe finds on the page as it stands; `state` says what is open over it. */
export async function expectAccessible(page: Page, state?: string): Promise<void> {
  // As an expression, for the policy of the page lets no script tag in.
  await page.evaluate(axe.source);
  // What lies over the page is no part of its landmarks.
  const options = state === undefined ? {} : { rules: { region: { enabled: false } } };
  const results = (await page.evaluate(`window.axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  const found = results.violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  }));
  expect(found, state).toEqual([]);
}

/** Keeps a picture of the page, in the theme that it has, among the output of CI. Pictures are looked at, not compared. */
export async function shot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const theme = await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"');
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${String(theme)}.png`), animations: 'disabled' });
}
