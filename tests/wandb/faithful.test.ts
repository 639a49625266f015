import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

const RUN = `query ($run: String!) { run(entity: "admin", project: "faithful", name: $run) {
  config history { rows(first: 1) { nodes { values } } } summary { document }
} }`;

/** What the client adds by itself. */
const OWN_KEYS = ['_step', '_runtime', '_timestamp', '_wandb'];
const BIG = 2n ** 60n + 1n;

/** Of each place the cases that come out otherwise than they went in; undefined when they do not come out at all. */
type Decisions = Readonly<Record<string, JsonValue | undefined>>;

/** The client writes NaN as null into a config, leaves empty dicts out, and takes the `-` from the beginning of a key. */
const LIVE_CONFIG: Decisions = {
  'numbers in a list': [null, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, BIG, -BIG, 0.1],
  'dicts in a list': [{ a: { b: [1, { 'c.d': null }] } }, {}],
  'dict of numbers': { nan: null, inf: Number.NEGATIVE_INFINITY, big: BIG },
  '-1': undefined,
  1: 20,
  nan: null,
  'empty dict': undefined,
  'holds empty': { none: null, one: 1 },
};
/** A row has no observation where there is no value. */
const ROW: Decisions = { none: undefined, 'empty dict': undefined, 'holds empty': { one: 1 } };
/** The client leaves NaN and None out of a summary, and has null for NaN below. */
const LIVE_SUMMARY: Decisions = {
  'dict of numbers': { nan: null, inf: Number.NEGATIVE_INFINITY, big: BIG },
  nan: undefined,
  none: undefined,
};
/** In our own summary null says nothing. */
const OUR_SUMMARY: Decisions = { none: undefined, 'holds empty': { empty: {}, one: 1 } };
const OUR_LIVE_SUMMARY: Decisions = {
  ...LIVE_SUMMARY,
  ...OUR_SUMMARY,
  'dict of numbers': { inf: Number.NEGATIVE_INFINITY, big: BIG },
};
/** Rows by key come as JSON that is no text: the client reads its numbers as float64, and what JSON lacks is text. */
const BY_KEY: Decisions = {
  ...ROW,
  int53: 2 ** 53,
  int60: 2 ** 60,
  largest: 2 ** 63,
  smallest: -(2 ** 63),
  inf: 'Infinity',
  'minus inf': '-Infinity',
  nan: 'NaN',
  'numbers in a list': ['NaN', 'Infinity', '-Infinity', 2 ** 60, -(2 ** 60), 0.1],
  'dicts in a list': [{ a: { b: [1, { 'c.d': 'NaN' }] } }, {}],
  'dict of numbers': { nan: 'NaN', inf: '-Infinity', big: 2 ** 60 },
  deep: { l1: { l2: { l3: { l4: { l5: { l6: { l7: { l8: { l9: 2 ** 60 } } } } } } } } },
};

const PLACES: readonly (readonly [place: string, decisions: Decisions])[] = [
  ['config', LIVE_CONFIG],
  ['history', ROW],
  ['scan_history', ROW],
  ['scan_history by key', BY_KEY],
  ['summary of rows', ROW],
  ['summary', LIVE_SUMMARY],
  ['edited config', {}],
  ['edited summary', {}],
];

const OURS: readonly (readonly [
  title: string,
  run: string,
  part: 'config' | 'row' | 'document',
  decisions: Decisions,
])[] = [
  ['the config of a live run', 'live', 'config', LIVE_CONFIG],
  ['a row', 'live', 'row', ROW],
  ['a summary of what was logged', 'live', 'document', ROW],
  ['a summary written in the run', 'summary', 'document', OUR_LIVE_SUMMARY],
  ['a config that was edited', 'public', 'config', {}],
  ['a summary that was edited', 'public', 'document', OUR_SUMMARY],
];

describe('what the W&B client writes', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  let told: {
    readonly cases: JsonObject;
    readonly found: Readonly<Record<string, JsonObject>>;
    readonly order: Readonly<Record<string, readonly string[]>>;
  };

  const expected = (decisions: Decisions): JsonObject => {
    const entries = Object.entries({ ...told.cases, ...decisions });
    return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
  };

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'faithful.py');
    if (!result.told) throw new Error(result.output);
    told = result.told as typeof told; // what the script writes
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('is taken without an error or a warning', () => {
    expect(complaints(result.output)).toEqual([]);
    expect(Object.keys(told.cases).length).toBeGreaterThan(70);
  });

  it.each(PLACES)('comes out of the public API as it went in: %s', (place, decisions) => {
    expect(withoutOwn(told.found[place] ?? {})).toEqual(expected(decisions));
  });

  it.each(OURS)('comes out of our own API as it went in: %s', async (_title, name, part, decisions) => {
    const { config, history, summary } = (await must(server, RUN, { run: name })).run;
    const found = { config, row: history.rows.nodes[0]?.values, document: summary.document }[part];
    expect(withoutOwn(found)).toEqual(onTheWire(expected(decisions)));
  });

  it('keeps the order of its keys, but that whole numbers come first in a config', () => {
    const { cases, config, summary } = told.order;
    expect(summary?.filter((key) => !OWN_KEYS.includes(key))).toEqual(cases);
    const isWhole = (key: string) => /^\d+$/.test(key);
    expect(config).toEqual(['9', '10', ...(cases ?? []).filter((key) => !isWhole(key))]);
  });
});

describe('a key that no row of ours may have', () => {
  const ALL = ['', 'a\0b', 'deep', 'fine', 'k'.repeat(600)];

  it('ends no run of the W&B client: it is left out of its row, and comes back from a summary and a config', async () => {
    await using server = await startSumma();
    const { told, output } = await runScript(server, 'unstorable.py');
    expect(complaints(output)).toEqual([]);
    const { rows, summary, config } = told as Record<'rows' | 'summary' | 'config', readonly string[]>; // what the script writes
    expect(rows).toEqual([['step'], ['step'], ['step'], ['step'], ['fine', 'step']]);
    expect(summary).toEqual(ALL);
    expect(config).toEqual(ALL);
  });
});

function withoutOwn(object: JsonObject): JsonObject {
  const isOwn = (key: string) => OWN_KEYS.includes(key) || key.startsWith('system/');
  return Object.fromEntries(Object.entries(object).filter(([key]) => !isOwn(key)));
}

/** Numbers that JSON lacks are texts in an answer. */
function onTheWire(value: JsonValue): JsonValue {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(onTheWire);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, onTheWire(inner)]));
}
