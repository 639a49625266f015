import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { seedRun } from './support/seed-run.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

let server: SummaProcess;
let browser: Browser;
let entity: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  ({ entity } = await seedRun(server, 'vision', 'first'));
  await must(server, 'mutation { createUser(input: { name: "noor", displayName: "Noor Visser" }) { user { id } } }');
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const open = (path: string, options = {}) => openPage(browser, server, path, options);

describe.each(['light', 'dark'] as const)('settings in %s', (theme) => {
  it('show the account, keys, teams and users, and axe finds nothing', async () => {
    const { page, close } = await open('/settings', { theme });
    await page.getByRole('region', { name: `Members of ${entity}` }).waitFor();
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'settings-all');
    await close();
  });

  it('of a project show what it is, and axe finds nothing', async () => {
    const { page, close } = await open(`/${entity}/vision/settings`, { theme });
    await page.getByRole('heading', { name: 'Delete this project' }).waitFor();
    await expectAccessible(page);
    await shot(page, 'project-settings-all');
    await close();
  });
});

it('fit a phone', async () => {
  for (const path of ['/settings', `/${entity}/vision/settings`]) {
    const { page, close } = await open(path, { width: 390, height: 844 });
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
    await shot(page, path === '/settings' ? 'settings-all' : 'project-settings-all');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await close();
  }
});

describe('API keys', () => {
  it('are made with the keyboard alone, shown once, work, and are refused once revoked', async () => {
    const { page, close } = await open('/settings');
    await page.getByRole('button', { name: 'New key' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).waitFor();
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('laptop');
    await expectAccessible(page);
    await shot(page, 'settings-new-key');
    await page.keyboard.press('Enter');
    await page.getByText('It is shown this once.').waitFor();
    await expectAccessible(page);
    await shot(page, 'settings-key-shown');
    const key = ((await page.locator('pre').first().textContent()) ?? '').trim();
    expect((await ask({ ...server, apiKey: key }, '{ viewer { name } }')).data.viewer.name).toBe(entity);
    await page.getByRole('button', { name: 'It is stored' }).click();
    await page.getByRole('cell', { name: 'laptop', exact: true }).waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The key “laptop” is revoked.').waitFor();
    await page.getByRole('cell', { name: 'laptop', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show 1 that has ended' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect((await ask({ ...server, apiKey: key }, '{ viewer { name } }')).errors?.[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    await close();
  });

  it('need a name and a scope, said in words', async () => {
    const { page, close } = await open('/settings');
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('checkbox', { name: /^ingest/ }).uncheck();
    await page.getByRole('checkbox', { name: /^read/ }).uncheck();
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('Give it a name').waitFor();
    await page.getByText('Choose at least one.').waitFor();
    await close();
  });
});

describe('teams and users', () => {
  it('are made; members come, change and go; the last owner stays, said in words', async () => {
    const { page, close } = await open('/settings');
    await page.getByRole('button', { name: 'New team' }).click();
    await page.getByLabel('Name', { exact: true }).fill('lab');
    await page.getByRole('button', { name: 'Make the team' }).click();
    const team = page.getByRole('region', { name: 'Members of lab' });
    await team.waitFor();
    await team.getByRole('textbox', { name: 'User name to add to lab' }).fill('noor');
    await team.getByRole('button', { name: 'Add' }).click();
    await team.getByText('Noor Visser').waitFor();
    await team.getByRole('combobox', { name: 'Role of noor in lab' }).selectOption('READER');
    const roleOfNoor = async () => {
      const { entity: lab } = await must(server, '{ entity(name: "lab") { members { role user { name } } } }');
      return lab.members.find((member: { user: { name: string } }) => member.user.name === 'noor')?.role;
    };
    await expect.poll(roleOfNoor).toBe('READER');
    await team.getByRole('combobox', { name: `Role of ${entity} in lab` }).selectOption('READER');
    await team.getByText(`"${entity}" is the only owner of "lab"; make somebody else an owner first`).waitFor();
    await shot(page, 'settings-last-owner');
    await team.getByRole('button', { name: 'Remove noor from lab' }).click();
    await page.getByText('noor is no longer a member of lab.').waitFor();
    await expect.poll(roleOfNoor).toBeUndefined();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(roleOfNoor).toBe('READER');
    await team.getByRole('textbox', { name: 'User name to add to lab' }).fill('nobody-at-all');
    await team.getByRole('button', { name: 'Add' }).click();
    await team.getByText('there is no user "nobody-at-all"').waitFor();
    await close();
  });

  it('make a user with a first key, shown once', async () => {
    const { page, close } = await open('/settings');
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByLabel('Login name').fill('ines');
    await page.getByRole('button', { name: 'Make the user' }).click();
    await page.getByText('ines is made').waitFor();
    const key = ((await page.locator('pre').first().textContent()) ?? '').trim();
    expect((await ask({ ...server, apiKey: key }, '{ viewer { name } }')).data.viewer.name).toBe('ines');
    await close();
  });
});

describe('projects', () => {
  it('are made from the page of their entity, described, made public and back, and deleted when their name is typed', async () => {
    const { page, close } = await open(`/${entity}`);
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByLabel('Name', { exact: true }).fill('short-lived');
    await expectAccessible(page);
    await shot(page, 'entity-new-project');
    await page.getByRole('button', { name: 'Create project' }).click();
    await page.waitForURL(`**/${entity}/short-lived`);
    await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Description').fill('only for a test');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The description is saved.').waitFor();
    await page.getByRole('radio', { name: /^Public/ }).click();
    await page.getByText('The project is public.').waitFor();
    const stored = async () =>
      (
        await must(
          server,
          'query ($entity: String!) { project(entity: $entity, name: "short-lived") { description visibility } }',
          {
            entity,
          },
        )
      ).project;
    expect(await stored()).toEqual({ description: 'only for a test', visibility: 'PUBLIC' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(stored).toEqual({ description: 'only for a test', visibility: 'PRIVATE' });
    await page.getByRole('button', { name: 'Delete the project' }).click();
    const goOn = page.getByRole('button', { name: 'Delete for good' });
    await page.getByLabel('Type short-lived to go on').fill('short');
    expect(await goOn.isDisabled()).toBe(true);
    await page.getByLabel('Type short-lived to go on').fill('short-lived');
    await shot(page, 'project-settings-delete');
    await goOn.click();
    await page.waitForURL(`**/${entity}`);
    await page.getByText('The project short-lived is deleted.').waitFor();
    expect(await stored()).toBeNull();
    await close();
  });
});
