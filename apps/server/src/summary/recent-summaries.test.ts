import { parseRows } from '@summa/core/history/parse-rows';
import { emptyState } from '@summa/core/metric/metric-state';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServices, type RunningServices } from '../create-services.ts';
import { openDatabase } from '../database/database.ts';
import { parseRunId } from '../graphql/node-id.ts';
import { rewindHistory } from '../history/rewind-history.ts';
import { defineMetric } from '../metric/define-metric.ts';
import type { RunRef } from '../services.ts';
import { recordStatements } from '../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { loadBoundedSummaries } from './load-bounded-summaries.ts';
import type { RunSummaryData } from './load-summaries.ts';
import { RecentSummaries } from './recent-summaries.ts';
import { updateSummary } from './update-summary.ts';

let api: TestApi;
/** A second server on the same database. */
let other: RunningServices;

beforeAll(async () => {
  api = await startTestApi();
  const { config, log } = api.services;
  const database = await openDatabase({ url: config.databaseUrl ?? '', log });
  other = createServices({ config, log, database });
});
afterAll(async () => {
  await other.stop();
  await other.database.close();
  await api.close();
});

const SUMMARY = `query ($name: String!) { run(entity: "admin", project: "vision", name: $name) {
  summary { document revision metric(key: "loss") { count } } definitions { name } } }`;

/** What the first server answers of a run, and with which statements. */
async function summaryOf(name: string) {
  let run: { summary: { document: object; revision: number }; definitions: object[] } | undefined;
  const statements = await recordStatements(api.services.database.pool, async () => {
    run = (await api.ask(SUMMARY, { name })).data.run;
  });
  return { document: run?.summary.document, run, statements };
}

const LISTED = `query ($name: JSON!) { project(entity: "admin", name: "vision") {
  runs(filter: { field: { name: NAME, in: [$name, "quiet"] } }) { nodes { name summary { document } } } } }`;

/** As `summaryOf`, of the run in a list of two. */
async function listedSummaryOf(name: string) {
  const { nodes } = (await api.ask(LISTED, { name })).data.project.runs;
  return nodes.find((run: { name: string }) => run.name === name)?.summary;
}

async function startRun(name: string): Promise<RunRef> {
  const { id } = await api.startRun({ name });
  await api.log(id, [{ step: 0, values: { loss: 4 } }]);
  return parseRunId(id);
}

/** Rows that come to the other server. */
function logElsewhere(run: RunRef, offset: number, rows: readonly object[]) {
  return other.histories.append(run, { writer: 'elsewhere', offset, batch: parseRows(rows) });
}

describe('the summary of a run that is asked for again', () => {
  it('takes the one statement that tells which revision the run has', async () => {
    await startRun('quiet');
    const first = await summaryOf('quiet');
    const second = await summaryOf('quiet');
    expect(second.statements).toEqual(['findNamedRuns']);
    expect(second.run).toEqual(first.run);
    expect(second.document).toEqual({ loss: 4 });
  });

  it.each([
    ['named', summaryOf],
    ['listed', listedSummaryOf],
  ])('is up to date with whatever another server has changed, where the run is %s', async (name, read) => {
    const run = await startRun(name);
    const documentAfter = async (change: Promise<unknown>) => {
      await change;
      return (await read(name)).document;
    };
    expect((await read(name)).document).toEqual({ loss: 4 });
    expect(await documentAfter(logElsewhere(run, 0, [{ step: 1, values: { loss: 3, acc: 1 } }]))).toEqual({
      loss: 3,
      acc: 1,
    });
    const definition = { name: 'loss', summary: ['min', 'max'] };
    expect(await documentAfter(defineMetric(other, run, definition))).toEqual({ loss: { min: 3, max: 4 }, acc: 1 });
    const { userId } = (await other.database.prisma.run.findFirst({ where: { id: run.runId } })) ?? { userId: '' };
    expect(await documentAfter(updateSummary(other, run, { set: { acc: 7 }, userId }))).toEqual({
      loss: { min: 3, max: 4 },
      acc: 7,
    });
    // A step that is logged again replaces what it had.
    expect(await documentAfter(logElsewhere(run, 1, [{ step: 0, values: { loss: 9 } }]))).toEqual({
      loss: { min: 3, max: 9 },
      acc: 7,
    });
    expect(await documentAfter(rewindHistory(other, run, { step: 0 }))).toEqual({ loss: { min: 9, max: 9 }, acc: 7 });
  });

  it('is not folded again for a list, unless the run has changed', async () => {
    const runs = [await startRun('once'), await startRun('twice')];
    const first = await loadBoundedSummaries(api.services, runs);
    // Both servers know the runs: one has logged into them, the other has read them.
    await loadBoundedSummaries(other, runs);
    await logElsewhere(runs[1] as RunRef, 0, [{ step: 1, values: { loss: 3 } }]);
    for (const services of [api.services, other]) {
      const known = await loadBoundedSummaries(services, runs);
      const again = await loadBoundedSummaries(services, runs);
      expect(runs.map(({ runId }) => again.get(runId) === known.get(runId))).toEqual([true, true]);
      expect(runs.map(({ runId }) => again.get(runId)?.states.get('loss')?.count)).toEqual([1, 2]);
      if (services === api.services)
        expect(runs.map(({ runId }) => known.get(runId) === first.get(runId))).toEqual([true, false]);
    }
  });

  it('has the numbers that JSON lacks, and whole numbers beyond 2^53, each time', async () => {
    const { id } = await api.startRun({ name: 'odd' });
    await api.post(
      JSON.stringify({
        query: `mutation { log(input: { runId: "${id}", writer: "w", offset: 0, rows: [{ values: { nan: "NaN", big: 12345678901234567890 } }] }) { revision } }`,
      }),
      { authorization: `Bearer ${api.admin.key}` },
    );
    for (const _ of ['first', 'again']) {
      const { text } = await api.ask(SUMMARY, { name: 'odd' });
      expect(text).toContain('"document":{"nan":"NaN","big":12345678901234567890}');
    }
  });

  it('has percentiles of rows that came meanwhile', async () => {
    const run = await startRun('percentiles');
    await defineMetric(other, run, { name: 'loss', summary: ['p50'] });
    expect((await summaryOf('percentiles')).document).toEqual({ loss: { p50: 4 } });
    expect((await summaryOf('percentiles')).document).toEqual({ loss: { p50: 4 } });
    await logElsewhere(
      run,
      0,
      [1, 2].map((step) => ({ step, values: { loss: 8 } })),
    );
    expect((await summaryOf('percentiles')).document).toEqual({ loss: { p50: 8 } });
  });

  it('is gone with its run, and that of a new run of the same name is its own', async () => {
    const { id } = await api.startRun({ name: 'gone' });
    await api.log(id, [{ step: 0, values: { loss: 4 } }]);
    await summaryOf('gone');
    await api.ask('mutation ($id: ID!) { deleteRun(input: { runId: $id }) { __typename } }', { id });
    expect((await summaryOf('gone')).run).toBeNull();
    await startRun('gone');
    expect((await summaryOf('gone')).document).toEqual({ loss: 4 });
  });
});

describe('what is kept of summaries', () => {
  const author = { revision: 1, by: null, at: 0 };
  const runOf = (runId: string): RunRef => ({ projectId: 'p', runId });
  const summary = (revision: number, metrics: number): RunSummaryData => ({
    revision,
    editRevision: 0,
    rowCount: 1,
    lastStep: 0,
    states: new Map(Array.from({ length: metrics }, (_, metric) => [`m${metric}`, emptyState])),
    definitions: [],
    explicit: new Map(),
  });

  it('is found at its revision only, and an older one never takes its place', () => {
    const recent = new RecentSummaries();
    const [old, young] = [summary(1, 1), summary(2, 1)];
    recent.keep(runOf('a'), young);
    recent.keep(runOf('a'), old);
    expect([1, 2, 3].map((revision) => recent.find(runOf('a'), revision))).toEqual([undefined, young, undefined]);
  });

  it('stays within its bound: what was used longest ago goes first, and a huge one is not kept', () => {
    const recent = new RecentSummaries();
    /** A summary with an explicit value of some millions of characters, which take two bytes each. */
    const withText = (millions: number): RunSummaryData => ({
      ...summary(1, 1),
      explicit: new Map([['t', { key: 't', deleted: false, value: 'x'.repeat(millions * 1e6), ...author }]]),
    });
    recent.keep(runOf('huge'), withText(5));
    for (let run = 0; run < 9; run++) {
      recent.keep(runOf(`${run}`), withText(4));
      recent.find(runOf('0'), 1);
    }
    const kept = ['huge', ...Array.from({ length: 9 }, (_, run) => `${run}`)].filter((run) =>
      recent.find(runOf(run), 1),
    );
    expect(kept).toEqual(['0', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('counts metrics too', () => {
    const recent = new RecentSummaries();
    recent.keep(runOf('huge'), summary(1, 20_000));
    recent.keep(runOf('large'), summary(1, 10_000));
    expect([recent.find(runOf('huge'), 1), recent.find(runOf('large'), 1)?.states.size]).toEqual([undefined, 10_000]);
  });
});
