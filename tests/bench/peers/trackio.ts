import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameWithVersion, startPeer } from './process.ts';
import { batches, clientsDo, type Product, postJson, rowAt } from './product.ts';

const PROJECT = 'peers';
/** With so many rows a request it is fastest. */
const ROWS_AT_ONCE = 500;
const TOKEN = 'write-token-of-the-bench';

/** `trackio show` on SQLite, by its API, 500 rows a request; summaries by its SQL, for its API has none. */
export async function trackioProduct(programs: string): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'summa-trackio-'));
  const peer = await startPeer({
    program: join(programs, 'trackio'),
    args: () => ['show', '--host', '127.0.0.1'],
    env: (port) => ({
      TRACKIO_WRITE_TOKEN: TOKEN,
      TRACKIO_DIR: folder,
      GRADIO_SERVER_PORT: String(port),
      BROWSER: 'true',
    }),
    path: '/',
  });
  const call = async (name: string, body: object) => {
    const answer = await postJson(`${peer.url}/api/${name}`, body, { 'x-trackio-write-token': TOKEN });
    return (answer as { data: unknown }).data;
  };
  const log = (run: string, steps: readonly number[], metrics: number) =>
    call('bulk_log', {
      logs: steps.map((step) => ({ project: PROJECT, run, metrics: rowAt(step, metrics), step, config: null })),
      hf_token: null,
    });
  const select = async (query: string) =>
    ((await call('query_project', { project: PROJECT, query })) as { rows: unknown[] }).rows.length;
  return {
    name: await nameWithVersion('Trackio', 'trackio'),
    async logRun(rows) {
      for (const steps of batches(rows, ROWS_AT_ONCE)) await log(rows.name, steps, rows.metrics);
      return undefined;
    },
    logTiny: (name, { clients, requests, metrics }) =>
      clientsDo(clients, requests, (client, request) => log(`${name}-${client}`, [request], metrics)),
    topRuns: () => select(`${LAST} ORDER BY json_extract(metrics, '$.m0') DESC LIMIT 100`),
    bestOfAll: () =>
      select(
        `SELECT run_name, step, max(json_extract(metrics, '$.m0')) AS best FROM metrics GROUP BY run_name LIMIT 10000`,
      ),
    summaries: () => select(`${LAST} LIMIT 10000`),
    async readAll(run) {
      const points = (await call('get_metric_values', { project: PROJECT, run, metric_name: 'm0' })) as {
        value: number;
      }[];
      return Float64Array.from(points, ({ value }) => value).length;
    },
    chart: async (run) => ((await call('get_logs', { project: PROJECT, run })) as unknown[]).length,
    async [Symbol.asyncDispose]() {
      await peer[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const LAST = 'SELECT run_name, metrics FROM metrics WHERE id IN (SELECT max(id) FROM metrics GROUP BY run_name)';
