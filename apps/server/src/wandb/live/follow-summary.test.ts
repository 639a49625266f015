import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

describe('explicit values that follow the summary of a client', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  async function post(path: string, body: object) {
    const response = await fetch(`${api.url}/wandb/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${api.admin.key}`, 'content-type': 'application/json' },
    });
    expect(response.status).toBe(200);
    return response.json();
  }

  const configOf = (definitions: readonly object[]) => JSON.stringify({ _wandb: { value: { m: definitions } } });

  async function upsert(name: string, config = configOf([])): Promise<string> {
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }';
    const input = { modelName: 'follow', name, config };
    return (await post('graphql', { query, variables: { input } })).data.upsertBucket.bucket.id;
  }

  /** One request of the file stream: a row, if any, and the summary after it. */
  async function send(name: string, step: number, { row, summary }: { row?: object; summary: object }): Promise<void> {
    const file = (offset: number, content: object) => ({
      offset,
      content: [JSON.stringify({ ...content, ...(row && { _step: step }) })],
    });
    await post(`files/admin/follow/${name}/file_stream`, {
      files: {
        ...(row && { 'wandb-history.jsonl': file(step, row) }),
        'wandb-summary.json': file(0, summary),
      },
    });
  }

  async function shown(name: string): Promise<object> {
    const { data } = await api.ask(
      `{ run(entity: "admin", project: "follow", name: "${name}") { summary { document } } }`,
    );
    return data.run.summary.document;
  }

  it('shows a value that was written again after its metric was logged, though it is the same as before', async () => {
    await upsert('again');
    for (const row of [undefined, { acc: 0.5 }]) {
      await send('again', 0, { ...(row && { row }), summary: { acc: 0.9 } });
      expect(await shown('again')).toEqual({ acc: 0.9 });
    }
    await send('again', 1, { row: { acc: 0.6 }, summary: { acc: 0.9 } });
    expect(await shown('again')).toEqual({ acc: 0.9 });
    await send('again', 2, { row: { acc: 0.7 }, summary: { acc: 0.7 } });
    expect(await shown('again')).toEqual({ acc: 0.7 });
  });

  it('leaves a value away that somebody has cleared, while the client goes on writing it', async () => {
    const id = await upsert('cleared');
    await send('cleared', 0, { row: { acc: 0.5 }, summary: { acc: 0.9 } });
    await api.ask('mutation ($id: ID!) { updateSummary(input: { runId: $id, clear: ["acc"] }) { __typename } }', {
      id,
    });
    await send('cleared', 1, { row: { loss: 1 }, summary: { acc: 0.9, loss: 1 } });
    expect(await shown('cleared')).toEqual({ acc: 0.5, loss: 1 });
  });

  it('does not show what the client still has of a metric from before it was left out', async () => {
    await upsert('left-out');
    await send('left-out', 0, { row: { acc: 0.5, hand: 1 }, summary: { acc: 0.5, hand: 1 } });
    await upsert('left-out', configOf([{ 2: '*', 6: [], 7: [6] }]));
    await send('left-out', 1, { row: { acc: 0.6, hand: 2 }, summary: { acc: 0.5, hand: 7 } });
    await send('left-out', 2, { row: { acc: 0.7, hand: 3 }, summary: { acc: 0.5, hand: 7 } });
    expect(await shown('left-out')).toEqual({ hand: 7 });
  });

  it('shows an edit of a metric that is left out, though the metric once had the value', async () => {
    await upsert('edited', configOf([{ 1: 'acc', 6: [3], 7: [6] }]));
    await send('edited', 0, { row: { acc: 0.5 }, summary: {} });
    await send('edited', 1, { row: { acc: 0.6 }, summary: {} });
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }';
    const input = { modelName: 'follow', name: 'edited', summaryMetrics: '{"acc":0.5}' };
    await post('graphql', { query, variables: { input } });
    expect(await shown('edited')).toEqual({ acc: 0.5 });
  });

  it('shows what somebody wrote below a metric in words of statistics', async () => {
    await upsert('words');
    await send('words', 0, { row: { acc: 0.5 }, summary: { acc: { best: 0.9, epoch: 3 } } });
    expect(await shown('words')).toEqual({ acc: { best: 0.9, epoch: 3 } });
  });

  it('has no invented zeros of a metric that is all texts', async () => {
    await upsert('texts', configOf([{ 1: 'note', 6: [3], 7: [1, 3] }]));
    await send('texts', 0, { row: { note: 'a' }, summary: { note: { min: 0, mean: 0 } } });
    expect(await shown('texts')).toEqual({ note: 'a' });
  });
});
