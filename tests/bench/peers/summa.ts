import { createClient } from '@summa/client';
import { must } from '../../support/graphql.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { batches, clientsDo, type Product, rowAt } from './product.ts';

const PROJECT = 'peers';
const ROWS_AT_ONCE = 1_000;

/** Our own product: authenticated, every request committed on disk before it is answered. */
export function summaProduct(server: MeasuredServer): Product {
  const client = createClient(server);
  const log = (runId: string, writer: string, offset: number, steps: readonly number[], metrics: number) =>
    must(server, 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }', {
      input: { runId, writer, offset, rows: steps.map((step) => ({ step, values: rowAt(step, metrics) })) },
    });
  const start = async (name: string) => {
    const mutation = 'mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }';
    const { startRun } = await must(server, mutation, { input: { project: PROJECT, name } });
    return String(startRun.run.id);
  };
  const draw = async (name: string, range: { readonly from: number; readonly to: number } | null) => {
    const { run } = await must(
      server,
      `query ($name: String!, $range: StepRange) { run(entity: "admin", project: "${PROJECT}", name: $name) {
        history { series(keys: ["m0"], buckets: 1000, range: $range) { steps min max mean } } } }`,
      { name, range },
    );
    return Number(run.history.series[0].steps.length);
  };
  return {
    name: 'Summa',
    async logRun(rows) {
      const runId = await start(rows.name);
      for (const steps of batches(rows, ROWS_AT_ONCE))
        await log(runId, 'w', (steps[0] ?? 0) - rows.from, steps, rows.metrics);
      return undefined;
    },
    async logTiny(name, { clients, requests, metrics }) {
      const ids = await Promise.all(Array.from({ length: clients }, (_, client) => start(`${name}-${client}`)));
      await clientsDo(clients, requests, (client, request) => log(ids[client] ?? '', 'w', request, [request], metrics));
    },
    async topRuns() {
      const { project } = await must(
        server,
        `query ($summary: [MetricStatisticInput!]!) { project(entity: "admin", name: "${PROJECT}") {
          runs(first: 100, orderBy: [{ summary: { key: "m0", statistic: LAST }, direction: DESC }]) {
            nodes { name } columns(summary: $summary) { values } } } }`,
        { summary: Array.from({ length: 20 }, (_, metric) => ({ key: `m${metric}`, statistic: 'LAST' })) },
      );
      return project.runs.nodes.length;
    },
    async bestOfAll() {
      const found = new Map<string, number>();
      let after: string | null = null;
      do {
        const { project } = await must(
          server,
          `query ($after: String) { project(entity: "admin", name: "${PROJECT}") { runs(first: 1000, after: $after) {
            nodes { name summary { metric(key: "m0") { max maxStep } } } pageInfo { hasNextPage endCursor } } } }`,
          { after },
        );
        for (const run of project.runs.nodes) if (run.summary.metric) found.set(run.name, run.summary.metric.maxStep);
        after = project.runs.pageInfo.hasNextPage ? project.runs.pageInfo.endCursor : null;
      } while (after !== null);
      return found.size;
    },
    async summaries() {
      const { project } = await must(
        server,
        `{ project(entity: "admin", name: "${PROJECT}") { keys(section: SUMMARY, first: 250) { nodes { key } } } }`,
      );
      const keys: string[] = project.keys.nodes.map(({ key }: { key: string }) => key);
      const { runs, summary } = await client.table({ entity: 'admin', project: PROJECT, summary: keys });
      const { m0 } = summary as Record<string, { values: readonly unknown[] }>;
      return runs.name.filter((_, run) => m0?.values[run] !== null).length;
    },
    async readAll(name) {
      const run = await client.run('admin', PROJECT, name);
      const points = await run?.points('m0');
      return points?.values.length ?? 0;
    },
    chart: (name) => draw(name, null),
    zoom: draw,
    async [Symbol.asyncDispose]() {},
  };
}
