import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStatements } from '../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { parseRunId } from './node-id.ts';

let api: TestApi;

/** More than a page, so that a page ends within what has the metric; what has it and what lacks it are two statements. */
const RUNS = 1020;
const PAGE = 1000;

beforeAll(async () => {
  api = await startTestApi();
  const people = [api.admin.key, (await api.createUser('grace')).key];
  await api.ask('mutation { createTeam(input: { name: "lab" }) { entity { id } } }');
  await api.ask('mutation { setMember(input: { entity: "lab", user: "grace", role: WRITER }) { entity { id } } }');
  for (let from = 0; from < RUNS; from += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, i) => makeRun(from + i, people[i % 2] ?? '')));
  }
});
afterAll(() => api.close());

async function makeRun(i: number, key: string): Promise<void> {
  const { id } = await api.startRun({ entity: 'lab', name: `r${i}`, config: { lr: i / RUNS } }, key);
  await api.ask(
    'mutation ($input: LogInput!) { log(input: $input) { revision } }',
    { input: { runId: id, writer: 'w', offset: 0, rows: [{ values: { loss: i, 'system/cpu': 1 } }] } },
    key,
  );
  if (i % 10 === 0)
    await api.ask(
      'mutation ($id: ID!) { defineMetric(input: { runId: $id, name: "loss", summary: ["min", "p90"] }) { run { id } } }',
      { id },
      key,
    );
  api.services.histories.forget(parseRunId(id));
}

const TABLE = `query ($first: Int!) { project(entity: "lab", name: "vision") { runs(first: $first, orderBy: [{ summary: { key: "loss", statistic: MIN }, direction: DESC }]) { totalCount nodes {
  id name displayName url path state tags notes readOnly createdAt heartbeatAt lastStep revision config(keys: ["lr"]) metadata systemMetrics historyKeys { key }
  user { name entity { name } } project { name entity { name members { user { name } } } } entity { name viewerRole }
  summary { document value(key: "loss") { __typename } metric(key: "loss") { min definition { goal } } explicit { key } } definitions { name } history { rowCount lastStep } } } } }`;

async function statementsOf(first: number): Promise<string[]> {
  const statements = await recordStatements(api.services.database.pool, async () => {
    const { data, errors } = await api.ask(TABLE, { first });
    expect(errors).toBeUndefined();
    expect(data.project.runs.nodes).toHaveLength(first);
    expect(data.project.runs.nodes[0].summary.metric.min).toBe(RUNS - 1);
  });
  // Whether the key is still remembered, and its minute noted, depends on the clock alone.
  return statements.filter((statement) => !/ApiKey/.test(statement)).sort();
}

describe('a page of runs', () => {
  it(`takes the same number of statements for 10 runs and for ${PAGE}`, async () => {
    // Nothing comes from memory, as in a server that did not write these runs. The first time, new fields are brought up to date and key texts are learnt.
    await api.ask(TABLE, { first: PAGE });
    // The refresh that follows the writes in the background would be counted with whatever runs beside it.
    await api.services.fields.drain();
    const [few, many] = [await statementsOf(10), await statementsOf(PAGE)];
    expect(many).toEqual(few);
    expect(few.length).toBeLessThanOrEqual(25);
  });

  it('draws the charts of 50 runs in as many statements as those of 10', async () => {
    const charts = `query ($first: Int!) { project(entity: "lab", name: "vision") { runs(first: $first) { nodes {
      id history { series(keys: ["loss", "system/cpu", "never"], buckets: 100) { key steps min max mean } } } } } }`;
    const statementsFor = (first: number) =>
      recordStatements(api.services.database.pool, async () => {
        const { data } = await api.ask(charts, { first });
        expect(data.project.runs.nodes).toHaveLength(first);
        for (const { history } of data.project.runs.nodes)
          expect(history.series.map(({ steps }: { steps: number[] }) => steps.length)).toEqual([1, 1, 0]);
      });
    await statementsFor(10);
    const few = (await statementsFor(10)).filter((statement) => !/ApiKey/.test(statement));
    const many = (await statementsFor(50)).filter((statement) => !/ApiKey/.test(statement));
    expect(few.filter((statement) => statement === 'eachSegmentOfRuns')).toHaveLength(1);
    expect(many).toEqual(few);
  });

  it('takes one statement to check the key, and none while the key is remembered', async () => {
    const key = await api.createKey(['READ']);
    const ask = () => recordStatements(api.services.database.pool, () => api.ask('{ server { errorCodes } }', {}, key));
    // touchApiKey notes the minute of use, behind the answer.
    expect((await ask()).filter((statement) => statement !== 'touchApiKey')).toEqual(['findApiKeyProof']);
    expect(await ask()).toEqual([]);
  });

  it('reads the summary of a run by its names in two statements, whether or not this process wrote it, and again in one', async () => {
    const { id } = await api.startRun({ name: 'read' });
    await api.log(id, [{ values: { loss: 3 } }]);
    await api.services.fields.drain();
    const query = '{ run(entity: "admin", project: "vision", name: "read") { project { name } summary { document } } }';
    const read = async () => {
      const { data } = await api.ask(query);
      expect(data.run).toEqual({ project: { name: 'vision' }, summary: { document: { loss: 3 } } });
    };
    const statements = async () =>
      (await recordStatements(api.services.database.pool, read)).filter((each) => !/ApiKey/.test(each));
    expect(await statements()).toEqual(['findNamedRuns', 'findSummaries']);
    expect(await statements()).toEqual(['findNamedRuns']);
    await api.log(id, [{ values: { loss: 3 } }], 1);
    await api.services.fields.drain();
    api.services.histories.forget(parseRunId(id));
    expect(await statements()).toEqual(['findNamedRuns', 'findSummaries']);
    expect(await statements()).toEqual(['findNamedRuns']);
  });

  it('finds a project by its names, and whether the caller may read it, in one statement', async () => {
    const read = async () => {
      const { data } = await api.ask('{ project(entity: "lab", name: "vision") { name readOnly } }');
      expect(data.project).toEqual({ name: 'vision', readOnly: false });
    };
    const statements = await recordStatements(api.services.database.pool, read);
    expect(statements.filter((each) => !/ApiKey/.test(each))).toEqual(['findNamedRuns']);
  });

  it('costs a log request two statements: who may, and the rows', async () => {
    const run = await api.startRun({ name: 'hot' });
    await api.log(run.id, [{ values: { loss: 1 } }]);
    const log = () => api.log(run.id, [{ values: { loss: 2 } }], 1);
    const statements = await recordStatements(api.services.database.pool, log);
    // A key is proved anew every few seconds, whatever is asked.
    expect(statements.filter((each) => each !== 'findApiKeyProof')).toEqual(['findStandings', 'storeAppend']);
  });
});
