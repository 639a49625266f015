import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRuns } from '../support/many-runs.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runScript } from './python.ts';

const RUNS = 1_000;
/** Each run has its index in the config and twice that in the summary. */
const SUM = (3 * RUNS * (RUNS - 1)) / 2;
/** What the client asks once, whatever the list: who it is, what the server can do, whether the project is there. */
const FEW = 4;

describe('a list of 1,000 runs', () => {
  let server: SummaProcess;

  beforeAll(async () => {
    server = await startSumma();
    await makeRuns(server, RUNS);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each([
    ['lazy', RUNS, 5],
    ['full, 50 a page', SUM, 20],
    ['full, 1,000 a page', SUM, 1],
    ['lazy, then upgraded', SUM, 2],
  ])('is read whole, %s, with a request a page and a few besides, never one a run', async (way, total, pages) => {
    const before = await countRequests(server);
    const { code, output, told } = await runScript(server, 'public_list.py', { args: ['admin/many', way] });
    expect(code, output).toBe(0);
    expect(told).toMatchObject({ count: RUNS, total });
    const requests = (await countRequests(server)) - before;
    expect(requests).toBeGreaterThanOrEqual(pages);
    expect(requests).toBeLessThanOrEqual(pages + FEW);
  });
});

/** How many GraphQL requests of the W&B client the server has answered. */
async function countRequests({ url, apiKey }: SummaProcess): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } });
  const counts = (await answer.text()).matchAll(
    /^http_request_duration_seconds_count\{[^}]*route="\/wandb\/graphql"[^}]*\} (\d+)$/gm,
  );
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
