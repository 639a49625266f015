import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { NEWEST, pythonOf } from './environments.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

const RUN = `query ($name: String!) { run(entity: "admin", project: "versions", name: $name) {
  displayName state exitCode tags notes group jobType config lastStep
  history { rowCount } files(first: 100) { nodes { path } }
  definitions { name summary stepMetric }
  summary { document
    value: metric(key: "value") { count min max mean variance first last }
    odd: metric(key: "odd") { count nanCount min }
    histogram: value(key: "histogram") { ... on HistogramValue { counts } }
    image: value(key: "image") { ... on MediaValue { type caption width height file { size } } }
  }
} }`;

/** A version of the client, and what it does not do as the others do. */
interface Version {
  readonly version: string;
  readonly exact: string;
  /** Keys that it leaves out of its own summary document. */
  readonly leavesOut: readonly string[];
}

const VERSIONS: readonly Version[] = [
  { version: NEWEST, exact: '0.31.0', leavesOut: [] },
  { version: '0.22', exact: '0.22.3', leavesOut: [] },
  { version: '0.19', exact: '0.19.11', leavesOut: [] },
  // Once anything is defined, it keeps no nested values in its summary.
  { version: '0.16', exact: '0.16.6', leavesOut: ['nested'] },
];

const CONFIG = { lr: 0.1, nested: { list: [1, 2.5, null], text: 'é𝄞' }, big: 2n ** 53n + 1n };
const OWN_SUMMARY = {
  best: 0.9,
  deep: { er: { est: 3 } },
  epoch: 9,
  text: 't99',
  big: 2n ** 60n + 99n,
  nested: { a: 99, 'b.c': -99 },
};
const FILES = [
  'config.yaml',
  'kept.txt',
  'output.log',
  'requirements.txt',
  'wandb-metadata.json',
  'wandb-summary.json',
];
const steps = Array.from({ length: 102 }, (_, step) => step);

let server: SummaProcess;
let results: ReadonlyMap<string, ScriptResult>;

beforeAll(async () => {
  server = await startSumma();
  const create = 'mutation { createApiKey(input: { name: "training", scopes: [READ, INGEST] }) { key } }';
  const { key } = (await must(server, create)).createApiKey;
  const runs = VERSIONS.map(async ({ version }): Promise<[string, ScriptResult]> => {
    const python = await pythonOf(version);
    return [version, await runScript({ ...server, apiKey: key }, 'version.py', { python })];
  });
  results = new Map(await Promise.all(runs));
});
afterAll(() => server[Symbol.asyncDispose]());

describe.each(VERSIONS)('version $exact of the W&B client', ({ version, exact, leavesOut }) => {
  let result: ScriptResult;
  // biome-ignore lint/suspicious/noExplicitAny: what the script tells
  let told: any;
  // biome-ignore lint/suspicious/noExplicitAny: the shape that RUN selects
  let run: any;

  beforeAll(async () => {
    const found = results.get(version);
    if (!found?.told) throw new Error(found?.output);
    result = found;
    told = found.told;
    run = (await must(server, RUN, { name: `v${exact.replaceAll('.', '-')}` })).run;
  });

  it('takes a key that this server made, and prints neither an error nor a warning', () => {
    expect(result.output).toContain(`wandb version ${exact}`);
    expect(complaints(result.output)).toEqual([]);
    expect(result.code).toBe(0);
  });

  it('makes a run with its settings, config and definitions, logs into it and ends it', () => {
    expect(run).toMatchObject({
      displayName: `version ${exact}`,
      state: 'FINISHED',
      exitCode: 0,
      tags: ['old', 'new'],
      notes: 'some notes',
      group: 'versions',
      jobType: 'train',
      lastStep: 101,
      history: { rowCount: 102 },
    });
    expect(run.config).toEqual(CONFIG);
    expect(run.definitions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'value', summary: ['min', 'max', 'mean', 'last'] }),
        expect.objectContaining({ stepMetric: 'epoch' }),
      ]),
    );
  });

  it('goes on where the run ended when it resumes it, and the statistics are those of both', () => {
    expect(told.resumed_at).toBe(101);
    const { mean, variance, ...exactly } = told.statistics;
    expect(run.summary.value).toMatchObject(exactly);
    expect(run.summary.value.mean).toBeCloseTo(mean, 12);
    expect(run.summary.value.variance).toBeCloseTo(variance, 10);
    expect(run.summary.odd).toEqual({ count: 100, nanCount: 34, min: 1.5 });
  });

  it('shows what was logged last, what was written, histograms and media', () => {
    const { document, histogram, image } = run.summary;
    const { text: _deleted, ...others } = OWN_SUMMARY;
    expect(document).toMatchObject({ ...others, 'val/loss': 24.75, best: expect.closeTo(0.95, 9) });
    expect(Object.keys(document.value)).toEqual(['min', 'max', 'mean', 'last']);
    expect(histogram.counts).toEqual(told.counts);
    expect(image).toMatchObject({ type: 'image-file', caption: 'squares', width: 4, height: 4 });
    expect(image.file.size).toBeGreaterThan(0);
  });

  it('sends its files', () => {
    const paths = run.files.nodes.map((file: { path: string }) => file.path);
    expect(paths.filter((path: string) => !path.startsWith('media/'))).toEqual(FILES);
    expect(paths.filter((path: string) => path.startsWith('media/images/'))).toHaveLength(1);
  });

  it('reads the run through its public API', () => {
    expect(told).toMatchObject({ config: CONFIG, state: 'finished', tags: ['old', 'new'] });
    const { value: _value, ...summary } = told.summary;
    expect(summary).toEqual(
      Object.fromEntries(Object.entries(OWN_SUMMARY).filter(([key]) => !leavesOut.includes(key))),
    );
    expect([told.histogram, told.image]).toEqual(['histogram', 'image-file']);
    expect([told.files, told.kept, told.found]).toEqual([FILES, 'kept\n', [`v${exact.replaceAll('.', '-')}`]]);
  });

  it('reads its history sampled, whole and by keys', () => {
    expect([told.sampled, told.steps]).toEqual([20, steps]);
    expect([told.exact, told.big, told.nan]).toEqual([true, true, true]);
    expect(told.epochs).toEqual(steps.slice(0, 100).map((step) => Math.floor(step / 10)));
  });

  it('changes the summary through its public API', () => {
    expect(told.edited).toEqual([[1, 2.5], 0.95, false]);
    expect(run.summary.document.by_hand).toEqual({ a: [1, 2.5] });
    expect(run.summary.document).not.toHaveProperty('text');
  });
});
