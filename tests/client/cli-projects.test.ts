import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSumma } from '../support/cli-process.ts';
import { must } from '../support/graphql.ts';
import { logLosses } from '../support/log-losses.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
beforeAll(async () => {
  server = await startSumma();
  await must(server, 'mutation { createTeam(input: { name: "vision-team" }) { entity { id } } }');
  const make = 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }';
  await must(server, make, { input: { entity: 'vision-team', name: 'shared', description: 'of all of us' } });
  await logLosses(server, 'own');
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('summa projects', () => {
  it('lists one’s own projects and those of one’s teams as other commands take them', async () => {
    const { code, stdout } = await summa();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^admin\/own +2 +20\d\d-/m);
    expect(stdout).toMatch(/^vision-team\/shared +0 +of all of us$/m);
  });

  it('gives those of one entity as JSON', async () => {
    const { stdout } = await summa('vision-team', '--json');
    expect(JSON.parse(stdout)).toEqual([
      { path: 'vision-team/shared', description: 'of all of us', runCount: 0, lastActivityAt: null },
    ]);
  });

  it('names an entity that is not there', async () => {
    expect(await summa('nobody')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'summa: there is no user or team "nobody"\n',
    });
  });
});

function summa(...args: string[]) {
  return runSumma(['projects', ...args], { server });
}
