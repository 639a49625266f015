// Checked by `tsc`: what must compile stands plainly, what must not behind @ts-expect-error.
import {
  createClient,
  type JsonValue,
  type LiveRun,
  NotFoundError,
  RateLimitedError,
  type RunsOptions,
  SummaClientError,
  type TypedDocument,
} from './index.ts';

const client = createClient();
declare const document: TypedDocument<
  { readonly count: number },
  { readonly project: string; readonly first?: number }
>;
declare const bare: TypedDocument<{ readonly viewer: string }, Record<string, never>>;
declare const run: LiveRun;

export async function resultsFollowTheDocument(): Promise<number> {
  const { count } = await client.execute(document, { project: 'digits' });
  await client.execute(bare);
  // @ts-expect-error: the document has no such field
  (await client.execute(document, { project: 'digits' })).counts;
  // @ts-expect-error: project is missing
  await client.execute(document, { first: 1 });
  // @ts-expect-error: this document needs variables
  await client.execute(document);
  // @ts-expect-error: project is text
  await client.execute(document, { project: 1 });
  return count;
}

export function rowsAreValuesByKey(): void {
  run.log({ loss: 0.1, nested: { acc: Number.NaN, list: [1, 'a', null], big: 2n ** 70n, missing: undefined } });
  run.log({ loss: 1 }, { step: 3, timestamp: new Date() });
  // @ts-expect-error: a function is no value
  run.log({ loss: () => 1 });
  // @ts-expect-error: a date is no JSON
  run.log({ at: new Date() });
  // @ts-expect-error: a step is a number
  run.log({ loss: 1 }, { step: '3' });
  // @ts-expect-error: log answers nothing
  run.log({ loss: 1 }).then();
}

export function optionsAreChecked(): void {
  run.defineMetric('loss', { summary: ['min', 'max'], goal: 'minimize' });
  // @ts-expect-error: no such goal
  run.defineMetric('loss', { goal: 'down' });
  // @ts-expect-error: no such resume
  void client.startRun({ project: 'digits', resume: 'MAYBE' });
  // @ts-expect-error: a run needs a project
  void client.startRun({ name: 'one' });
  void client.runs({ entity: 'ada', project: 'digits', orderBy: [{ summary: { key: 'loss', statistic: 'MIN' } }] });
  // @ts-expect-error: no such statistic
  void client.runs({ entity: 'ada', project: 'digits', orderBy: [{ summary: { key: 'loss', statistic: 'LEAST' } }] });
}

export async function seriesAreTypedArrays(): Promise<readonly [Float64Array, JsonValue | undefined, number | null]> {
  const stored = await client.run('ada', 'digits', 'one');
  // @ts-expect-error: there may be no such run
  stored.series(['loss']);
  const [series] = (await stored?.series(['loss'])) ?? [];
  const metric = await stored?.summary.metric('loss', [95]);
  return [series?.mean ?? new Float64Array(), run.summary.get('loss'), metric?.max ?? null];
}

export function tensorsMayBeLogged(half: Uint16Array, whole: BigInt64Array): void {
  run.log({ w: new Float32Array(100), layer: { b: whole, c: { dtype: 'float16', shape: [10, 10], data: half } } });
  run.log({
    nested: [
      [1, 2],
      [3, 4],
    ],
    raw: { dtype: 'int8', shape: [8], data: new ArrayBuffer(8) },
  });
  run.summary.set('weights', {
    dtype: 'float32',
    shape: [2, 2],
    data: [
      [1, 2],
      [3, 4],
    ],
  });
  // @ts-expect-error: a view of bytes has no type of values
  run.log({ w: new DataView(new ArrayBuffer(8)) });
}

export function failuresAreToldApart(error: unknown): string {
  if (error instanceof NotFoundError) {
    // @ts-expect-error: that is another family
    if (error.code === 'FORBIDDEN') return '';
    return error.code === 'RUN_NOT_FOUND' ? 'run' : error.code;
  }
  if (error instanceof RateLimitedError) return `${error.retryAfterMs}`;
  if (!(error instanceof SummaClientError)) return '';
  // @ts-expect-error: there is no such code
  if (error.code === 'RUN_NOT_FUND') return '';
  return error.code === 'HTTP_502' ? 'proxy' : error.code;
}

export async function everyReadCanBeAborted(signal: AbortSignal): Promise<void> {
  const stored = await client.run('ada', 'digits', 'one', { signal });
  await stored?.series(['loss'], { signal });
  await stored?.points('loss', { from: 1 }, { signal });
  await stored?.summary.metric('loss', [], { signal });
  await stored?.config(['lr'], { signal });
  await client.viewer({ signal });
  void [client.runs({ entity: 'ada', project: 'digits', signal }), stored?.rows({ signal })];
  // @ts-expect-error: a controller is no signal
  await client.viewer({ signal: new AbortController() });
}

export async function readsFollowWhatWasAskedFor(): Promise<readonly [number | null, Float64Array]> {
  const path = { entity: 'ada', project: 'digits' };
  for await (const { config, summary } of client.runs({ ...path, config: ['lr'] })) {
    void config.lr;
    // @ts-expect-error: nothing of the summary was asked for
    void summary.loss;
  }
  const options: RunsOptions = path;
  for await (const { config } of client.runs(options)) void config.lr;
  for await (const { series } of client.series({ ...path, keys: ['loss', 'acc'] })) {
    void series[1].mean;
    // @ts-expect-error: two keys, two series
    void series[2].mean;
  }
  const stored = await client.run('ada', 'digits', 'one');
  if (stored === null) throw new Error('none');
  const [loss] = await stored.series(['loss']);
  const metric = await stored.summary.metric('loss', [5, 95]);
  // @ts-expect-error: two percentiles were asked for
  void metric?.percentiles[2];
  const keys: string[] = ['loss'];
  // @ts-expect-error: of a list of any length the first may be missing
  void (await stored.series(keys))[0].mean;
  return [metric?.percentiles[0] ?? null, loss.mean];
}
