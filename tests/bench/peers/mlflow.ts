import { join } from 'node:path';
import { nameWithVersion, startPeer } from './process.ts';
import { batches, clientsDo, getJson, type Product, postJson, valueAt } from './product.ts';

/** Its limit of metrics in one request. */
const METRICS_AT_ONCE = 1_000;
/** Its limits of runs and of points in one answer. */
const RUNS_AT_ONCE = 1_000;
const POINTS_AT_ONCE = 25_000;

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

interface FoundRun {
  readonly info: { readonly run_id: string };
  readonly data: { readonly metrics?: readonly Metric[] };
}

interface Found {
  readonly runs?: readonly FoundRun[];
  readonly next_page_token?: string;
}

/** `mlflow server` with two workers on a database of the same Postgres, by its REST API, 1,000 metrics a request. No authentication. */
export async function mlflowProduct(programs: string, databaseUrl: string): Promise<Product> {
  const peer = await startPeer({
    program: join(programs, 'mlflow'),
    args: (port) => [
      'server',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--backend-store-uri',
      databaseUrl.replace('postgresql:', 'postgresql+psycopg2:'),
      '--workers',
      '2',
    ],
    // As many connections as there are clients: with the five that it has unless told, they time out waiting for one.
    env: () => ({
      MLFLOW_LOGGING_LEVEL: 'ERROR',
      MLFLOW_SQLALCHEMYSTORE_POOL_SIZE: '20',
      PATH: `${programs}:${process.env.PATH}`,
    }),
    path: '/health',
  });
  const api = `${peer.url}/api/2.0/mlflow`;
  const { experiment_id: experiment } = (await postJson(`${api}/experiments/create`, { name: 'peers' })) as {
    experiment_id: string;
  };
  const ids = new Map<string, string>();
  const start = async (name: string) => {
    const body = { experiment_id: experiment, run_name: name, start_time: Date.now() };
    const { run } = (await postJson(`${api}/runs/create`, body)) as { run: FoundRun };
    ids.set(name, run.info.run_id);
    return run.info.run_id;
  };
  const log = (run_id: string, steps: readonly number[], metrics: number) => {
    const timestamp = Date.now();
    const all = steps.flatMap((step) =>
      Array.from({ length: metrics }, (_, metric) => ({
        key: `m${metric}`,
        value: valueAt(metric, step),
        timestamp,
        step,
      })),
    );
    return postJson(`${api}/runs/log-batch`, { run_id, metrics: all });
  };
  const search = async (body: object) =>
    (await postJson(`${api}/runs/search`, { experiment_ids: [experiment], ...body })) as Found;
  const allRuns = async () => {
    const runs: FoundRun[] = [];
    let token: string | undefined;
    do {
      const page = await search({ max_results: RUNS_AT_ONCE, ...(token && { page_token: token }) });
      runs.push(...(page.runs ?? []));
      token = page.next_page_token;
    } while (token);
    return runs;
  };
  const history = async (run: string, size: number) => {
    const metrics: Metric[] = [];
    let token: string | undefined;
    do {
      const query = new URLSearchParams({
        run_id: run,
        metric_key: 'm0',
        max_results: String(size),
        ...(token && { page_token: token }),
      });
      const page = (await getJson(`${api}/metrics/get-history?${query}`)) as {
        metrics?: Metric[];
        next_page_token?: string;
      };
      metrics.push(...(page.metrics ?? []));
      token = page.next_page_token;
    } while (token);
    return metrics;
  };
  const draw = async (name: string, part: Record<string, string>) => {
    const query = new URLSearchParams({ run_ids: ids.get(name) ?? '', metric_key: 'm0', max_results: '1000', ...part });
    const path = '/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval';
    const { metrics } = (await getJson(`${peer.url}${path}?${query}`)) as { metrics: Metric[] };
    return metrics.length;
  };
  return {
    name: await nameWithVersion('MLflow', 'mlflow'),
    async logRun(rows) {
      const id = await start(rows.name);
      const size = Math.max(1, Math.floor(METRICS_AT_ONCE / rows.metrics));
      for (const steps of batches(rows, size)) await log(id, steps, rows.metrics);
      return undefined;
    },
    async logTiny(name, { clients, requests, metrics }) {
      const ids = await Promise.all(Array.from({ length: clients }, (_, client) => start(`${name}-${client}`)));
      await clientsDo(clients, requests, (client, request) => log(ids[client] ?? '', [request], metrics));
    },
    async topRuns() {
      const { runs } = await search({ order_by: ['metrics.m0 DESC'], max_results: 100 });
      return runs?.filter(({ data }) => data.metrics?.length).length ?? 0;
    },
    async bestOfAll() {
      let count = 0;
      for (const { info } of await allRuns()) {
        const points = await history(info.run_id, POINTS_AT_ONCE);
        if (points.length > 0 && points.reduce((best, point) => (point.value > best.value ? point : best))) count++;
      }
      return count;
    },
    summaries: async () => (await allRuns()).filter(({ data }) => data.metrics?.length).length,
    readAll: async (name) =>
      Float64Array.from(await history(ids.get(name) ?? '', POINTS_AT_ONCE), ({ value }) => value).length,
    chart: (name) => draw(name, {}),
    zoom: (name, { from, to }) => draw(name, { start_step: String(from), end_step: String(to) }),
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}
