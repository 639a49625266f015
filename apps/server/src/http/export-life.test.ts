import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compactRun } from '../history/compact-run.ts';
import { LIMITS } from '../limits.ts';
import type { RunRef } from '../services.ts';
import { beginExport, getExport, historyPath, readRest, refusalOf } from '../testing/export-api.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

/** More than the buffers between a server and a reader hold, and more than one window has. */
const ROWS = 60_000;
const PAD = 'x'.repeat(300);
/** What a reader is told whose connection was cut. */
const BROKEN = /aborted|hang up|ECONNRESET/;

let api: TestApi;
let long: RunRef;
let longId: string;

beforeAll(async () => {
  api = await startTestApi();
  const started = await api.startRun({ name: 'long' });
  longId = started.id;
  long = refOf(started.id);
  await api.log(longId, rowsFrom(0, 50_000));
  await merge(long);
  await api.log(longId, rowsFrom(50_000, ROWS), 50_000);
});
afterAll(() => api.close());

function refOf(id: string): RunRef {
  const [, projectId, runId] = Buffer.from(id, 'base64url').toString().split(':');
  return { projectId: projectId ?? '', runId: runId ?? '' };
}

/** Merges all segments of a run, also when the server is about it already. */
async function merge(ref: RunRef): Promise<void> {
  const waiting = async () => {
    await compactRun(api.services, ref);
    const { rows } = await api.services.database.pool.query(
      'SELECT count(*)::int AS segments FROM history_segment WHERE project_id = $1 AND run_id = $2',
      [ref.projectId, ref.runId],
    );
    expect(rows).toEqual([{ segments: 0 }]);
  };
  await vi.waitFor(waiting, { timeout: 30_000, interval: 100 });
}

/** Rows with `n` and `pad`, and every third with `third`. */
function rowsFrom(from: number, to: number): object[] {
  return Array.from({ length: to - from }, (_, i) => {
    const step = from + i;
    return { step, timestamp: step / 2, values: { n: step / 4, ...(step % 3 === 0 && { third: step }), pad: PAD } };
  });
}

function linesOf(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => {
    const step = from + i;
    const third = step % 3 === 0 ? `,"third":${step}` : '';
    return `{"_step":${step},"_timestamp":${step / 2},"n":${step / 4}${third},"pad":"${PAD}"}\n`;
  }).join('');
}

/** Resolves when no connection of the database is in use and no export is counted. */
async function nothingHeld({ services } = api): Promise<void> {
  const { pool } = services.database;
  await vi.waitFor(() => expect(pool.totalCount - pool.idleCount).toBe(0), { timeout: 20_000 });
}

describe('an export that is being read', () => {
  it('has every row once, over all its windows', async () => {
    const path = historyPath('long', '?keys=n&keys=third&keys=pad');
    expect((await getExport(api, path)).text === linesOf(0, ROWS)).toBe(true);
    const part = await getExport(api, historyPath('long', '?keys=third&from=16383&to=40001'));
    const expected = Array.from({ length: 40_002 - 16_383 }, (_, i) => 16_383 + i)
      .filter((step) => step % 3 === 0)
      .map((step) => `{"_step":${step},"_timestamp":${step / 2},"third":${step}}\n`);
    expect(part.text === expected.join('')).toBe(true);
  });

  it('is of the moment it began, whatever is logged, replaced, merged and deleted meanwhile', async () => {
    const started = await api.startRun({ name: 'moving' });
    await api.log(started.id, rowsFrom(0, 30_000));
    await merge(refOf(started.id));
    await api.log(started.id, rowsFrom(30_000, ROWS), 30_000);
    const path = historyPath('moving', '?keys=n&keys=third&keys=pad');
    const response = await beginExport(api, path);
    // The server has come no further than its buffers reach: what follows happens before most rows are read.
    await api.log(started.id, rowsFrom(ROWS, ROWS + 500), ROWS);
    await api.log(started.id, [{ step: ROWS - 1, timestamp: 0, values: { n: -1 } }], ROWS + 500);
    await merge(refOf(started.id));
    const deleted = await api.ask('mutation ($id: ID!) { deleteRun(input: { runId: $id }) { deletedRunId } }', {
      id: started.id,
    });
    expect(deleted.errors).toBeUndefined();
    expect((await readRest(response)) === linesOf(0, ROWS)).toBe(true);
    expect((await getExport(api, path)).status).toBe(404);
    await nothingHeld();
  });

  it('ends when its reader goes away, and gives back what it held', async () => {
    for (let i = 0; i < LIMITS.exportsAtOnce + 1; i++) {
      const response = await beginExport(api, historyPath('long'));
      response.destroy();
      await nothingHeld();
    }
    expect((await getExport(api, historyPath('long', '?to=0'))).status).toBe(200);
  });

  it('is one of a bounded number: one more is refused, and may come when another has ended', async () => {
    const path = historyPath('long');
    const open = [];
    for (let i = 0; i < LIMITS.exportsAtOnce; i++) open.push(await beginExport(api, path));
    const refused = await getExport(api, path);
    expect(refusalOf(refused)).toEqual({
      status: 429,
      code: 'TOO_MANY_EXPORTS',
      message: expect.stringContaining('4 exports under way'),
    });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await getExport(api, path, { method: 'HEAD' })).status).toBe(200);
    // Everything else goes on: exports have at most half of the connections.
    expect((await api.ask('{ viewer { name } }')).data.viewer.name).toBe('admin');
    open[0]?.destroy();
    await vi.waitFor(async () => expect((await getExport(api, `${path}?to=9`)).status).toBe(200), { timeout: 20_000 });
    for (const response of open) response.destroy();
    await nothingHeld();
  });
});

it('never takes more than half of the connections', async () => {
  const narrow = await startTestApi({ env: { SUMMA_DATABASE_POOL: '3' } });
  try {
    const { id } = await narrow.startRun({ name: 'long' });
    await narrow.log(id, rowsFrom(0, ROWS));
    const first = await beginExport(narrow, historyPath('long'));
    expect(refusalOf(await getExport(narrow, historyPath('long')))).toMatchObject({
      status: 429,
      message: expect.stringContaining('1 exports under way'),
    });
    first.destroy();
    await nothingHeld(narrow);
  } finally {
    await narrow.close();
  }
});

describe('an export that fails', () => {
  async function damage(ref: RunRef, step: number): Promise<void> {
    const { rowCount } = await api.services.database.pool.query(
      `UPDATE history_chunk SET body = set_byte(body, 20, get_byte(body, 20) # 1)
       WHERE project_id = $1 AND run_id = $2 AND $3 BETWEEN first_step AND last_step`,
      [ref.projectId, ref.runId, step],
    );
    expect(rowCount).toBeGreaterThan(0);
  }

  it('before its first row is answered with an error', async () => {
    const { id } = await api.startRun({ name: 'damaged at once' });
    await api.log(id, rowsFrom(0, 10));
    await merge(refOf(id));
    await damage(refOf(id), 0);
    const answer = await getExport(api, historyPath('damaged at once'));
    expect(refusalOf(answer)).toMatchObject({ status: 500, code: 'CORRUPT_DATA' });
    expect(answer.headers.get('content-disposition')).toBeNull();
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    await nothingHeld();
  });

  it('on its way breaks the connection, so that it never looks complete', async () => {
    const { id } = await api.startRun({ name: 'damaged later' });
    await api.log(
      id,
      Array.from({ length: 90_000 }, (_, step) => ({ step, values: { n: step } })),
    );
    await merge(refOf(id));
    await damage(refOf(id), 89_000);
    const response = await beginExport(api, historyPath('damaged later'));
    expect(response.statusCode).toBe(200);
    await expect(readRest(response)).rejects.toThrow(BROKEN);
    await nothingHeld();
  });

  it('is one that takes longer than it may: it breaks off', async () => {
    const hasty = await startTestApi({ env: { SUMMA_EXPORT_TIMEOUT_MS: '1000' } });
    try {
      const { id } = await hasty.startRun({ name: 'long' });
      await hasty.log(id, rowsFrom(0, ROWS));
      const response = await beginExport(hasty, historyPath('long'));
      await nothingHeld(hasty);
      expect(response.statusCode).toBe(200);
      await expect(readRest(response)).rejects.toThrow(BROKEN);
    } finally {
      await hasty.close();
    }
  });

  it('is one whose reader takes nothing for as long as a request may take', async () => {
    const hasty = await startTestApi({ env: { SUMMA_REQUEST_TIMEOUT_MS: '4000' } });
    try {
      const { id } = await hasty.startRun({ name: 'long' });
      await hasty.log(id, rowsFrom(0, ROWS));
      const response = await beginExport(hasty, historyPath('long'));
      expect(response.statusCode).toBe(200);
      await nothingHeld(hasty);
      await expect(readRest(response)).rejects.toThrow(BROKEN);
    } finally {
      await hasty.close();
    }
  });
});
