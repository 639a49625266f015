import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeBenchRun } from './harness/bench-run.ts';
import { type MeasuredServer, startMeasuredServer } from './harness/measured-server.ts';

const MIB = 1024 * 1024;
/** The bench exports 1,000,000: `SUMMA_EXPORT_ROWS=1000000 npx vitest run --project tests bench/export-memory.test.ts`. */
const ROWS = Number(process.env.SUMMA_EXPORT_ROWS ?? 600_000);
const METRICS = 10;
/** What the server may take more for an export, whatever its length. */
const MOST_GROWTH = 200 * MIB;

/** The most memory that a process has had so far. */
async function peakBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Begins an export, does not read for a while, and then reads all of it. @returns its bytes */
async function readLate(server: MeasuredServer, query: string): Promise<number> {
  const headers = { authorization: `Bearer ${server.apiKey}` };
  const request = get(`${server.url}/api/export/admin/bench/runs/long/history${query}`, { headers });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response?.statusCode !== 200) throw new Error(`the export answered ${response?.statusCode}`);
  await sleep(500);
  let bytes = 0;
  for await (const part of response) bytes += part.length;
  return bytes;
}

describe.runIf(process.platform === 'linux')('an export', () => {
  it('of a run of any length is made in flat memory, also for a reader who waits', async () => {
    await using server = await startMeasuredServer();
    await makeBenchRun(server, { project: 'bench', name: 'long', metrics: METRICS, rows: ROWS });
    // Short exports, until the server has taken the room that it works in.
    for (let i = 0; i < 8; i++) await readLate(server, '?to=50000');
    const before = await peakBytes(server.pid);
    const bytes = await readLate(server, '');
    const growth = (await peakBytes(server.pid)) - before;
    console.info(`${Math.round(bytes / MIB)} MiB, peak memory +${Math.round(growth / MIB)} MiB`);
    expect(bytes).toBeGreaterThan(MOST_GROWTH);
    expect(growth).toBeLessThan(MOST_GROWTH);
  });
});
