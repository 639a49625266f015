import type pg from 'pg';
import { must } from '../../support/graphql.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { type Comparison, type Cost, compare } from '../harness/compare.ts';
import { connectDatabase } from '../harness/connect-database.ts';
import { type MeasuredServer, startMeasuredServer } from '../harness/measured-server.ts';
import { multiplyRuns } from '../harness/multiply-runs.ts';
import { timesOf } from '../harness/percentiles.ts';

const OWN = 'GraphQL over HTTP';
const EXACT = 'SQL, an index for this very question';
const ANY = 'SQL, indexes for any question';
const OPTIMIZERS = ['adam', 'sgd', 'lion', 'adamw'];
const METRICS = Array.from({ length: 20 }, (_, i) => `m${i}`);
const LOGGED = 2_000;
const AT_ONCE = 25;
const PAGE = 50;
const QUESTIONS = 20;

interface Sizes {
  readonly logged: number;
  readonly runs: number;
  readonly probed: number;
  readonly pages: number;
}

/** Lists of projects of 100,000 and 170,000 runs, and their pages far from the first. */
export const longLists: BenchRow = {
  name: 'long-lists',
  title: 'Lists of projects of very many runs, against SQL over a table of JSONB documents in the same Postgres',
  async measure({ quick, say }) {
    const sizes: Sizes = quick
      ? { logged: 50, runs: 300, probed: 400, pages: 5 }
      : { logged: LOGGED, runs: 100_000, probed: 170_000, pages: 1_000 };
    await using server = await startMeasuredServer();
    const database = await connectDatabase(server);
    try {
      say('  making runs');
      await makeProject(server, 'lists', sizes.logged);
      await makeProject(server, 'probed', sizes.logged);
      await multiplyRuns(database, 'lists', sizes.runs);
      await multiplyRuns(database, 'probed', sizes.probed);
      await makeDocuments(database);
      const results = [];
      const comparisons = [
        sorted(server, database, sizes.runs),
        ...probes(server, database, sizes.probed),
        await farPage(server, sizes),
      ];
      for (const comparison of comparisons) {
        say(`  ${comparison.name}`);
        results.push(await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 7, warmUp: 2 }));
      }
      return results;
    } finally {
      await database.end();
    }
  },
};

function sorted(server: MeasuredServer, database: pg.Client, runs: number): Comparison {
  return {
    name: `${PAGE} of ${runs} runs in the order of a statistic, with a value of the config, ${METRICS.length} columns`,
    work: OWN,
    baseline: EXACT,
    goal: { measures: ['p50Ms', 'p95Ms'], atMost: 1 },
    sides: {
      [OWN]: () => timed(server, (index) => sortedByApi(server, index)),
      [EXACT]: () => timed(server, (index) => sortedBySql(database, 'exact', index)),
      [ANY]: () => timed(server, (index) => sortedBySql(database, 'any', index)),
    },
  };
}

/** The times of questions one after the other, and what they cost the server and its Postgres. */
async function timed(server: MeasuredServer, ask: (index: number) => Promise<number>): Promise<Cost> {
  let times: Cost = {};
  const cost = await server.costOf(async () => {
    times = await timesOf(QUESTIONS, async (index) => {
      const found = await ask(index);
      if (found === 0) throw new Error('a list is empty');
    });
  });
  return { ...times, ...cost };
}

const LIST = `query ($project: String!, $filter: RunFilter, $orderBy: [RunOrder!], $summary: [MetricStatisticInput!]!) {
  project(entity: "admin", name: $project) { runs(first: ${PAGE}, filter: $filter, orderBy: $orderBy) {
    nodes { name } columns(summary: $summary) { values } } } }`;

async function sortedByApi(server: MeasuredServer, index: number): Promise<number> {
  const { project } = await must(server, LIST, {
    project: 'lists',
    filter: { config: { key: 'optimizer', eq: OPTIMIZERS[index % OPTIMIZERS.length] } },
    orderBy: [{ summary: { key: 'm0', statistic: 'MAX' }, direction: 'DESC' }],
    summary: METRICS.map((key) => ({ key, statistic: 'MAX' })),
  });
  return project.runs.nodes.length;
}

async function sortedBySql(database: pg.Client, indexed: 'exact' | 'any', index: number): Promise<number> {
  const columns = METRICS.map((key) => `summary -> '${key}' ->> 'max'`).join(', ');
  const condition =
    indexed === 'exact' ? `config ->> 'optimizer' = $1` : `config @> jsonb_build_object('optimizer', $1::text)`;
  const { rowCount } = await database.query({
    name: `sorted-${indexed}`,
    text: `SELECT name, ${columns} FROM bench_run WHERE project = 'lists' AND ${condition}
      ORDER BY (summary -> 'm0' ->> 'max')::float8 DESC, id LIMIT ${PAGE}`,
    values: [OPTIMIZERS[index % OPTIMIZERS.length]],
  });
  return rowCount ?? 0;
}

/** What a probe asks, as the API takes it and as a condition of SQL with the best index that such a table can have for any key. */
const PROBES = [
  {
    name: 'a negated filter',
    filter: { not: { config: { key: 'optimizer', eq: 'adam' } } },
    sql: `NOT config @> '{"optimizer": "adam"}'`,
  },
  {
    name: 'an "or" of three',
    filter: {
      or: [
        { config: { key: 'seed', eq: 7 } },
        { summary: { key: 'm1', statistic: 'MIN', lt: 0.001 } },
        { not: { config: { key: 'lr', ge: 0.0001 } } },
      ],
    },
    sql: `(config @> '{"seed": 7}' OR (summary -> 'm1' ->> 'min')::float8 < 0.001 OR NOT (config ->> 'lr')::float8 >= 0.0001)`,
  },
] as const;

function probes(server: MeasuredServer, database: pg.Client, runs: number): Comparison[] {
  return PROBES.map(({ name, filter, sql }) => ({
    name: `${name} over ${runs} runs: the newest ${PAGE} and how many there are`,
    work: OWN,
    baseline: ANY,
    goal: null,
    sides: {
      [OWN]: () => timed(server, () => probedByApi(server, filter)),
      [ANY]: () => timed(server, () => probedBySql(database, sql)),
    },
  }));
}

async function probedByApi(server: MeasuredServer, filter: object): Promise<number> {
  const { project } = await must(
    server,
    `query ($filter: RunFilter) { project(entity: "admin", name: "probed") {
      runs(first: ${PAGE}, filter: $filter) { nodes { name } totalCount } } }`,
    { filter },
  );
  return project.runs.totalCount;
}

async function probedBySql(database: pg.Client, condition: string): Promise<number> {
  const where = `FROM bench_run WHERE project = 'probed' AND ${condition}`;
  await database.query(`SELECT name ${where} ORDER BY created_at DESC, id DESC LIMIT ${PAGE}`);
  const { rows } = await database.query<{ count: string }>(`SELECT count(*) ${where}`);
  return Number(rows[0]?.count ?? 0);
}

const PAGE_QUERY = `query ($after: String) { project(entity: "admin", name: "lists") {
  runs(first: ${PAGE}, after: $after, orderBy: [{ summary: { key: "m2", statistic: MIN } }]) {
    nodes { name } pageInfo { endCursor } } } }`;

async function farPage(server: MeasuredServer, { pages }: Sizes): Promise<Comparison> {
  const read = async (after: string | null) => {
    const { project } = await must(server, PAGE_QUERY, { after });
    return project.runs as { nodes: object[]; pageInfo: { endCursor: string } };
  };
  let before: string | null = null;
  for (let page = 1; page < pages; page++) before = (await read(before)).pageInfo.endCursor;
  const [far, first] = [`page ${pages}`, 'page 1'];
  return {
    name: `a page of a list in the order of a statistic`,
    work: far,
    baseline: first,
    goal: { measures: ['p50Ms'], atMost: 1.2 },
    sides: {
      [far]: () => timed(server, async () => (await read(before)).nodes.length),
      [first]: () => timed(server, async () => (await read(null)).nodes.length),
    },
  };
}

/** The documents of the same runs in one table with its indexes. */
async function makeDocuments(database: pg.Client): Promise<void> {
  await database.query(`CREATE TABLE bench_run AS SELECT r.id, p.name AS project, r.name, r.created_at, r.config::jsonb AS config,
    (SELECT jsonb_object_agg(k.key, jsonb_build_object('min', f.min, 'max', f.max, 'mean', f.mean, 'last', f.last))
       FROM run_field f JOIN metric_key k ON k.project_id = f.project_id AND k.id = f.key_id
      WHERE f.project_id = r.project_id AND f.run_id = r.id AND f.section = 'summary') AS summary
    FROM run r JOIN project p ON p.id = r.project_id`);
  for (const index of [
    'UNIQUE INDEX ON bench_run (id)',
    'INDEX ON bench_run (project, created_at DESC, id DESC)',
    'INDEX ON bench_run USING gin (config jsonb_path_ops)',
    `INDEX ON bench_run (project, ((summary -> 'm0' ->> 'max')::float8) DESC, id)`,
    `INDEX ON bench_run (project, ((summary -> 'm1' ->> 'min')::float8))`,
    `INDEX ON bench_run (project, ((config ->> 'lr')::float8))`,
    `INDEX ON bench_run (project, (config ->> 'optimizer'), ((summary -> 'm0' ->> 'max')::float8) DESC, id)`,
  ])
    await database.query(`CREATE ${index}`);
  await database.query('VACUUM ANALYZE');
}

/** Finished runs with five keys of the config and twenty metrics. */
async function makeProject(server: MeasuredServer, project: string, runs: number): Promise<void> {
  for (let first = 0; first < runs; first += AT_ONCE) {
    const indexes = Array.from({ length: Math.min(AT_ONCE, runs - first) }, (_, i) => first + i);
    const started = await mutate(server, 'StartRunInput!', 'startRun(input: INPUT) { run { id } }', {
      inputs: indexes.map((index) => ({ project, name: `run-${index}`, config: configOf(index) })),
    });
    const ids = started.map(({ run }) => run?.id);
    await mutate(server, 'LogInput!', 'log(input: INPUT) { __typename }', {
      inputs: indexes.map((index, at) => ({ runId: ids[at], writer: 'bench', offset: 0, rows: rowsOf(index) })),
    });
    await mutate(server, 'FinishRunInput!', 'finishRun(input: INPUT) { __typename }', {
      inputs: ids.map((runId) => ({ runId })),
    });
  }
}

/** One mutation for each input, all in one request. */
async function mutate(
  server: MeasuredServer,
  type: string,
  field: string,
  { inputs }: { readonly inputs: readonly object[] },
): Promise<{ readonly run?: { readonly id: string } }[]> {
  const variables = inputs.map((_, at) => `$i${at}: ${type}`).join(', ');
  const fields = inputs.map((_, at) => `m${at}: ${field.replace('INPUT', `$i${at}`)}`).join(' ');
  const values = Object.fromEntries(inputs.map((input, at) => [`i${at}`, input]));
  const data = await must(server, `mutation (${variables}) { ${fields} }`, values);
  return inputs.map((_, at) => data[`m${at}`]);
}

function configOf(index: number): object {
  return {
    optimizer: OPTIMIZERS[index % OPTIMIZERS.length],
    lr: 10 ** -(1 + (index % 5)),
    seed: index % 100,
    batch: 2 ** (4 + (index % 6)),
    model: `model-${index % 12}`,
  };
}

function rowsOf(index: number): object[] {
  return Array.from({ length: 5 }, (_, step) => ({
    step,
    values: Object.fromEntries(METRICS.map((key, metric) => [key, fraction(index, metric, step)])),
  }));
}

const MIX = [12.9898, 78.233, 37.719];

/** A number between 0 and 1 that looks like chance and is the same each time. */
function fraction(...parts: readonly number[]): number {
  const mixed = parts.reduce((sum, part, at) => sum + (part + 1) * (MIX[at % MIX.length] ?? 1), 0);
  const wave = Math.sin(mixed) * 43_758.5453;
  return wave - Math.floor(wave);
}
