// Checked by `tsc`: what must compile stands plainly, what must not behind @ts-expect-error.
import { createClient, type JsonObject, type JsonValue, untyped } from '../index.ts';

// As `summa codegen` writes it.
interface Vision {
  config: { lr: number; optimizer: string; model?: { depth: number } };
  configValues: { lr: number; optimizer: string; 'model.depth'?: number };
  row: { 'train/loss'?: number; note?: number | string; val?: { acc?: number }; image?: JsonObject };
  metrics: { 'train/loss': number; note: number | string; 'val.acc'?: number; image?: JsonObject };
  summary: Vision['metrics'] & { best_accuracy?: number };
  definitions: Record<never, never>;
}

const client = createClient();
const vision = client.project<Vision>('vision');

export async function aConfigIsChecked(): Promise<void> {
  await vision.startRun({ config: { lr: 0.1, optimizer: 'adam', model: { depth: 3 } }, tags: ['a'] });
  await vision.startRun({ config: { lr: 1n, optimizer: 'adam' } });
  // @ts-expect-error: lr is a number
  await vision.startRun({ config: { lr: '0.1', optimizer: 'adam' } });
  // @ts-expect-error: optimizer is missing
  await vision.startRun({ config: { lr: 0.1 } });
  // @ts-expect-error: no run has such a key
  await vision.startRun({ config: { lr: 0.1, optimizer: 'adam', momentum: 0.9 } });
  // @ts-expect-error: the project is known
  await vision.startRun({ config: { lr: 0.1, optimizer: 'adam' }, project: 'other' });
}

export async function onlyKnownMetricsAreLogged(): Promise<void> {
  await using run = await vision.startRun({ config: { lr: 0.1, optimizer: 'adam' } });
  run.log({ 'train/loss': 0.1, note: 'text', val: { acc: 0.9 } });
  run.log({ 'train/loss': 1n, note: 3, image: { _type: 'image', path: 'a.png' } }, { step: 3 });
  run.log({ 'train/loss': Number.NaN, image: new Float32Array(4), val: undefined });
  const row = { 'train/loss': 1 };
  run.log(row);
  // @ts-expect-error: it is train/loss
  run.log({ 'train/lost': 0.1 });
  // @ts-expect-error: it is train/loss, beside one that is right
  run.log({ note: 1, 'train/lost': 0.1 });
  // @ts-expect-error: it is val.acc
  run.log({ note: 1, val: { acc: 1, ac: 0.1 } });
  // @ts-expect-error: a dot in a name is no nested key
  run.log({ note: 1, 'val.acc': 0.1 });
  const misspelt = { 'train/loss': 1, 'train/lost': 1 };
  // @ts-expect-error: also when the row is a variable
  run.log(misspelt);
  // @ts-expect-error: a loss is a number
  run.log({ 'train/loss': '0.1' });
  // @ts-expect-error: nobody logged a boolean there
  run.log({ note: true });
  untyped(run).log({ 'new/metric': 1 });
  run.defineMetric('train/loss', { summary: 'min' });
  run.defineMetric('new/*');
  // @ts-expect-error: no such metric
  run.defineMetric('train/lost');
  run.summary.set('best_accuracy', 0.9);
  // @ts-expect-error: it is a number
  run.summary.set('best_accuracy', 'high');
  // @ts-expect-error: no such key
  run.summary.get('best_acuracy');
}

export async function valuesComeWithTheirStatistics(): Promise<void> {
  const orderBy = [{ summary: { key: 'val.acc', statistic: 'MAX' }, direction: 'DESC' }] as const;
  const filter = { and: [{ config: { key: 'model.depth', gt: 2 } }, { summary: { key: 'note', eq: 'a' } }] } as const;
  for await (const run of vision.runs({
    summary: ['val.acc', 'note', 'best_accuracy'],
    config: ['lr', 'model.depth'],
    orderBy,
    filter,
  })) {
    const accuracy: number | undefined = run.summary['val.acc']?.value;
    const [most, at]: readonly (number | null | undefined)[] = [
      run.summary['val.acc']?.max,
      run.summary['val.acc']?.maxStep,
    ];
    const note: number | string | undefined = run.summary.note?.value;
    const [lr, depth]: readonly [number, number | undefined] = [run.config.lr, run.config['model.depth']];
    void [run.name, run.state, accuracy, most, at, note, lr, depth];
    // @ts-expect-error: a run may have logged nothing yet
    void run.summary['val.acc'].value;
    // @ts-expect-error: no such statistic
    void run.summary['val.acc']?.least;
    // @ts-expect-error: a value set by hand has no statistics
    void run.summary.best_accuracy?.max;
    // @ts-expect-error: this key was not asked for
    void run.summary['train/loss'];
    // @ts-expect-error: this key was not asked for
    void run.config.optimizer;
    // @ts-expect-error: not every run has a depth
    void run.config['model.depth'].toFixed();
    await run.series(['val.acc'], { buckets: 10 });
    // @ts-expect-error: no such metric
    await run.series(['val.ac']);
    // @ts-expect-error: what was set by hand has no history
    await run.points('best_accuracy');
  }
  // @ts-expect-error: no such key
  vision.runs({ summary: ['val/acc'] });
  // @ts-expect-error: no such key in an order
  vision.runs({ orderBy: [{ summary: { key: 'val/acc' } }] });
  // @ts-expect-error: no such statistic in an order
  vision.runs({ orderBy: [{ summary: { key: 'val.acc', statistic: 'LEAST' } }] });
  // @ts-expect-error: no such key in a filter
  vision.runs({ filter: { not: { config: { key: 'rate', eq: 1 } } } });
}

export async function columnsHaveTheTypesOfTheirKeys(): Promise<void> {
  const table = await vision.table({
    config: ['optimizer', 'lr'],
    summary: ['note', { key: 'val.acc', statistic: 'MAX' }, { key: 'note', statistic: 'FIRST' }],
  });
  const optimizers: readonly (string | null)[] = table.config.optimizer.values;
  const best: readonly (number | null)[] = table.summary['MAX(val.acc)'].values;
  const first: readonly (number | string | null)[] = table.summary['FIRST(note)'].values;
  const rates: Float64Array = table.config.lr.numbers();
  void [optimizers, best, first, rates, table.runs.name, table.rowCount];
  // @ts-expect-error: a rate is a number
  void (table.config.lr.values satisfies readonly (string | null)[]);
  // @ts-expect-error: no such column was asked for
  void table.summary['MIN(val.acc)'];
  // @ts-expect-error: no such key
  await vision.table({ config: ['rate'] });
  // @ts-expect-error: what was set by hand has no statistics
  await vision.table({ summary: [{ key: 'best_accuracy', statistic: 'MAX' }] });
}

export async function columnsOfAnyProjectAreJson(): Promise<void> {
  const options = { entity: 'ada', project: 'vision' };
  const table = await client.table({
    ...options,
    config: ['lr'],
    summary: ['loss', { key: 'loss', statistic: 'MIN' }],
  });
  const [rates, losses]: readonly (readonly (JsonValue | null)[])[] = [
    table.config.lr.values,
    table.summary.loss.values,
  ];
  const least: readonly (number | null)[] = table.summary['MIN(loss)'].values;
  void [rates, losses, least];
  // @ts-expect-error: no such column was asked for
  void table.config.optimizer;
  // @ts-expect-error: no such statistic
  await client.table({ ...options, summary: [{ key: 'loss', statistic: 'LEAST' }] });
}
