import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatJson } from '@summa/core/json/format-json';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runScript } from './python.ts';
import { type Comparison, compare, type Played } from './summary-scripts/compare.ts';
import { DECISIONS } from './summary-scripts/decisions.ts';
import type { Operation } from './summary-scripts/operation.ts';
import { randomScript } from './summary-scripts/random-script.ts';
import { WRITTEN_SCRIPTS } from './summary-scripts/written-scripts.ts';

const SCRIPTS = 200;
/** Of these seeds, or of the one that `SUMMA_SEED` names. */
const FIRST_SEED = 20_261_125;
const PROCESSES = 2;

const SEED = process.env.SUMMA_SEED;
const SEEDS = SEED ? [Number(SEED)] : Array.from({ length: SCRIPTS }, (_, i) => FIRST_SEED + i);

const DOCUMENTS = `query ($after: String) { project(entity: "admin", name: "scripts") { runs(first: 100, after: $after) {
  nodes { name summary { document } } pageInfo { hasNextPage endCursor } } } }`;
const THEIRS = `query ($name: String!) { project(name: "scripts", entityName: "admin") { run(name: $name) { summaryMetrics } } }`;

type Scripts = ReadonlyMap<string, readonly Operation[]>;

describe('the summary of a script that logs, defines and writes', () => {
  const random: Scripts = new Map(SEEDS.map((seed) => [`seed-${seed}`, randomScript(seed)]));
  const written: Scripts = new Map(Object.entries(WRITTEN_SCRIPTS).map(([name, { operations }]) => [name, operations]));
  let server: SummaProcess;
  /** The text of the summary file that the client left, by the name of the script. */
  let files: ReadonlyMap<string, string>;
  let played: ReadonlyMap<string, Played>;
  let compared: ReadonlyMap<string, Comparison>;

  beforeAll(async () => {
    server = await startSumma();
    const scripts = new Map([...random, ...written]);
    files = await playAll(server, scripts);
    const documents = await ownDocuments(server);
    const stored = new Map<string, Played>();
    for (const [name, operations] of scripts) {
      const ours = documents.get(name);
      if (!ours) throw new Error(`no run of script ${name}`);
      stored.set(name, { operations, ours, client: await clientDocument(server, name) });
    }
    played = stored;
    compared = new Map([...played].map(([name, each]) => [name, compare(each)]));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const comparison = (name: string): Comparison => {
    const found = compared.get(name);
    if (!found) throw new Error(`script ${name} was not played`);
    return found;
  };

  it('shows what it must in our own API, and where the client shows something else, a decision says why', () => {
    const wrong = [...compared].flatMap(([name, { problems }]) =>
      problems.length > 0 ? [{ name, problems, script: played.get(name)?.operations }] : [],
    );
    expect(formatJson(wrong as unknown as JsonValue), 'SUMMA_SEED=<number> plays one seed alone').toBe('[]');
  });

  it.each(Object.entries(WRITTEN_SCRIPTS))(
    'differs in %s by the decision that was made about it',
    (name, { decision }) => {
      expect([...comparison(name).decisions].filter((each) => each !== 'bookkeeping')).toEqual([decision]);
    },
  );

  it.skipIf(SEED)('is the same in both for most of what most scripts show', () => {
    const counts = [...random.keys()].map((name) => comparison(name).equal);
    expect(counts.filter((equal) => equal >= 2).length).toBeGreaterThan(SCRIPTS * 0.9);
  });

  it.skipIf(SEED)('needs every decision, and most of them in random scripts', () => {
    const names = DECISIONS.filter(({ isByChance }) => !isByChance).map(({ name }) => name);
    const inRandom = new Set([...random.keys()].flatMap((name) => [...comparison(name).decisions]));
    const inWritten = new Set([...written.keys()].flatMap((name) => [...comparison(name).decisions]));
    expect(names.filter((name) => !inRandom.has(name) && !inWritten.has(name))).toEqual([]);
    expect(names.filter((name) => inRandom.has(name)).length).toBeGreaterThanOrEqual(names.length * 0.6);
  });

  it('differs as the README of the door says, which lists every decision', async () => {
    const readme = await readFile(new URL('../../apps/server/src/wandb/README.md', import.meta.url), 'utf8');
    const [table = ''] = readme.slice(readme.indexOf('| decision |')).split('\n\n');
    const rows = table.split('\n').slice(2);
    expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(DECISIONS.map(({ name }) => name));
  });

  // What is deleted and logged again at once, the client keeps in its file but not in what it sends.
  it('is read back by the client as it stands in the file that it left, unless something was deleted', () => {
    const undeleted = [...played].filter(([, { operations }]) => !operations.some((each) => each.do === 'delete'));
    const read = undeleted.map(([name, { client }]) => [name, client]);
    expect(read).toEqual(undeleted.map(([name]) => [name, readObject(files.get(name) ?? '')]));
  });

  it('fails when ours shows anything else, or when no decision says why', () => {
    const each = played.get('exact-name-after-a-glob');
    if (!each) throw new Error('it was not played');
    expect(compare({ ...each, ours: { ...each.ours, a: { min: 1 } } }).problems).toHaveLength(2);
    expect(compare({ ...each, client: { ...each.client, a: { min: 7 } } }).problems).toHaveLength(1);
    expect(compare({ ...each, client: { ...each.client, b: 1 } }).problems).toHaveLength(1);
    expect(compare(each, []).problems).not.toEqual([]);
  });
});

/** Plays scripts with the real client in some processes at once, and gives the text of each summary file that it left. */
async function playAll(server: SummaProcess, scripts: Scripts): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'summa-scripts-'));
  const parts = Array.from({ length: PROCESSES }, (_, part) => [...scripts].filter((_, i) => i % PROCESSES === part));
  const told = await Promise.all(
    parts.map(async (part, i) => {
      const path = join(folder, `${i}.json`);
      // Operations are plain JSON values.
      await writeFile(path, formatJson(Object.fromEntries(part) as unknown as JsonObject));
      const result = await runScript(server, 'run_operations.py', { args: [path] });
      expect(result.code, result.output).toBe(0);
      return Object.entries(result.told as Record<string, string>); // what the script writes
    }),
  );
  await rm(folder, { recursive: true, force: true });
  return new Map(told.flat());
}

/** The summary documents of our own API, by the name of the run. */
async function ownDocuments(server: SummaProcess): Promise<Map<string, JsonObject>> {
  const documents = new Map<string, JsonObject>();
  let after: string | null = null;
  do {
    const { project } = await must(server, DOCUMENTS, { after });
    const { nodes, pageInfo }: RunPage = project.runs;
    for (const { name, summary } of nodes) documents.set(name, withNumbers(summary.document) as JsonObject); // an object stays one
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return documents;
}

interface RunPage {
  readonly nodes: readonly { readonly name: string; readonly summary: { readonly document: JsonObject } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const NUMBERS: ReadonlyMap<JsonValue, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** Our API has texts for numbers that JSON lacks; no script logs such a text. */
function withNumbers(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withNumbers);
  if (!isJsonObject(value)) return NUMBERS.get(value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withNumbers(inner)]));
}

/** The summary as the client reads it back, which is the one that it sent last. */
async function clientDocument(server: SummaProcess, name: string): Promise<JsonObject> {
  const response = await fetch(`${server.url}/wandb/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: THEIRS, variables: { name } }),
  });
  const { data } = (await response.json()) as { data: { project: { run: { summaryMetrics: string } } } }; // as THEIRS asks
  return readObject(data.project.run.summaryMetrics);
}

function readObject(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error(`not a JSON object: ${text}`);
  return value;
}
