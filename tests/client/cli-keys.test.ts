import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSumma } from '../support/cli-process.ts';
import { ask } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
beforeAll(async () => {
  server = await startSumma();
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('summa keys', () => {
  it('makes a key that works, alone on stdout, lists it, and revokes it by its name', async () => {
    const made = await summa('create', 'gpu 7', '--scope', 'read', '--scope', 'ingest', '--expires', '90d');
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Made the key "gpu 7" \(.*expires 20\d\d-/) });
    expect(made.stdout).toMatch(/^summa_\S+\n$/);
    const key = made.stdout.trim();
    expect(await viewerOf(key)).toMatchObject({ data: { viewer: { name: 'admin' } } });

    const listed = JSON.parse((await summa('list', '--json')).stdout);
    expect(
      listed.map(({ name, scopes }: { name: string; scopes: string[] }) => [name, scopes.toSorted()]),
    ).toContainEqual(['gpu 7', ['INGEST', 'READ']]);
    expect((await summa()).stdout).toMatch(/^gpu 7 +.*works/m);
    expect((await summa()).stdout).not.toContain(key);

    expect(await summa('revoke', 'gpu 7')).toMatchObject({ code: 0, stdout: 'Revoked the key "gpu 7".\n' });
    expect((await summa()).stdout).not.toContain('gpu 7');
    expect((await summa('--all')).stdout).toMatch(/^gpu 7 +.*revoked/m);
    expect(await summa('revoke', 'gpu 7')).toMatchObject({ code: 1, stderr: expect.stringContaining('"gpu 7"') });
  });

  it('gives the key and what is known of it as JSON', async () => {
    const { stdout } = await summa('create', 'as json', '-s', 'admin', '--json');
    expect(JSON.parse(stdout)).toEqual({
      key: expect.stringMatching(/^summa_/),
      apiKey: expect.objectContaining({ name: 'as json', expiresAt: null, revokedAt: null }),
    });
  });

  it.each([
    [['create'], 'the name of the key is missing'],
    [['create', 'x'], '--scope is missing'],
    [['create', 'x', '-s', 'raed'], 'did you mean "read"?'],
    [['create', 'x', '-s', 'read', '--expires', 'soon'], '--expires is "soon"'],
    [['list', '--scope', 'read'], '--scope does not go with "summa keys list"'],
    [['revoke'], 'which key is missing'],
  ])('%j exits with 2 and makes nothing', async (args, problem) => {
    expect(await summa(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(problem) });
  });
});

function summa(...args: string[]) {
  return runSumma(['keys', ...args], { server });
}

function viewerOf(apiKey: string) {
  return ask({ url: server.url, apiKey }, '{ viewer { name } }');
}
