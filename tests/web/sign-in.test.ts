import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

const REFUSED = /401/;

let server: SummaProcess;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const open = (path: string, options = {}) => openPage(browser, server, path, { signedIn: false, ...options });

describe('signing in', () => {
  it('leads back to where one wanted to go, and signing out leads to the screen to sign in', async () => {
    const { page, close } = await open('/settings');
    await page.getByLabel('API key').fill(` ${server.apiKey} `);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/settings');
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    await page.getByRole('button', { name: /account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto('/settings');
    await page.waitForURL('**/sign-in?**');
    await close(REFUSED);
  });

  it('says in words that a key is wrong, and takes the right one after', async () => {
    const { page, close } = await open('/');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Paste an API key first.').waitFor();
    await page.getByLabel('API key').fill('summa_wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The server does not know this key').waitFor();
    await expectAccessible(page);
    await shot(page, 'sign-in-wrong-key');
    await page.getByLabel('API key').fill(server.apiKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    await close(REFUSED);
  });

  it('leads to the screen to sign in when the session ends while one works', async () => {
    const { page, close } = await openPage(browser, server, '/');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.waitForURL('**/sign-in?return=**');
    await close(REFUSED);
  });

  it('leads to no other origin', async () => {
    const { page, close } = await open('/sign-in?return=%2F%2Fevil.example');
    await page.getByLabel('API key').fill(server.apiKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    expect(new URL(page.url()).origin).toBe(server.url);
    await close(REFUSED);
  });

  it('explains a link that was used before', async () => {
    const { page, close } = await open('/sign-in/used-before');
    await page.getByText('That link has been used or is too old.').waitFor();
    await close();
  });

  it.each(['light', 'dark'] as const)('is accessible (%s)', async (theme) => {
    const { page, close } = await open('/', { theme });
    await page.getByLabel('API key').waitFor();
    await expectAccessible(page);
    await shot(page, 'sign-in');
    await close(REFUSED);
  });
});
