import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRunDocuments } from '../run/load-run-documents.ts';
import type { RunRef } from '../services.ts';
import { loadBoundedSummaries } from '../summary/load-bounded-summaries.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { parseRunId } from './node-id.ts';

let api: TestApi;
let runs: RunRef[];
beforeAll(async () => {
  api = await startTestApi();
  const started = await Promise.all(['a', 'b'].map((name) => api.startRun({ name, config: { lr: 1 } })));
  for (const { id } of started) await api.log(id, [{ values: { loss: 1 } }]);
  runs = started.map((run) => parseRunId(run.id));
});
afterAll(() => api.close());

const tooLarge = expect.objectContaining({
  code: 'RESPONSE_TOO_LARGE',
  message: expect.stringContaining('ask for a smaller page'),
});

describe('an answer', () => {
  it('holds the configs of runs up to a number of bytes together', async () => {
    // {"lr":1} has 8 bytes.
    expect([...(await loadRunDocuments(api.services, 'config', runs, 16)).values()]).toEqual([{ lr: 1 }, { lr: 1 }]);
    await expect(loadRunDocuments(api.services, 'config', runs, 15)).rejects.toEqual(tooLarge);
  });

  it('holds the summaries of runs up to a number of bytes together, and that of one run always', async () => {
    await expect(loadBoundedSummaries(api.services, runs, 10)).rejects.toEqual(tooLarge);
    expect((await loadBoundedSummaries(api.services, runs.slice(0, 1), 10)).size).toBe(1);
    expect((await loadBoundedSummaries(api.services, runs)).size).toBe(2);
  });

  it('holds so many points of history over all its fields', async () => {
    const series = Array.from({ length: 51 }, (_, i) => `s${i}: series(keys: ["loss"], buckets: 10000) { key }`).join(
      ' ',
    );
    const answer = await api.ask(`{ run(entity: "admin", project: "vision", name: "a") { history { ${series} } } }`);
    expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['RESPONSE_TOO_LARGE']);
  });
});
