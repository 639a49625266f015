import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { launchBrowser, openPage } from './support/web.ts';

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  entity = (await must(server, '{ viewer { entity { name } } }')).viewer.entity.name;
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

describe('GraphiQL', () => {
  it('answers its first query, and changes things, without a key being typed for who is signed in', async () => {
    const { page, close } = await openPage(browser, server, '/graphiql');
    const answer = page.getByRole('region', { name: 'Result Window' });
    await page.getByRole('button', { name: /Execute query/ }).click();
    await answer.getByText('"projects"').waitFor();
    const mutation = `mutation { createProject(input: { entity: "${entity}", name: "made-here" }) { project { path } } }`;
    await page.goto(`/graphiql?query=${encodeURIComponent(mutation)}`);
    await page.getByRole('button', { name: /Execute query/ }).click();
    await answer.getByText(`"${entity}/made-here"`).waitFor();
    await close();
  });

  it('says how to give a key to who is not signed in', async () => {
    const { page, close } = await openPage(browser, server, '/graphiql', { signedIn: false });
    await page.getByText('Else give an API key below').waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByRole('region', { name: 'Result Window' }).getByText('UNAUTHENTICATED').waitFor();
    await close(/401/);
  });
});
