import { describe } from 'vitest';
import { vector } from './testing/run-script.ts';

describe('globs', () => {
  const train = { 'train/a': 2, 'train/': 2, train: 2, tr: 2 };
  const lower = { 'train/a': 1, 'train/': 1, train: 1, tr: 1 };
  vector('compat', 'match what begins with their text', (run) => run.define('train/*', 'max').log(train).log(lower), {
    'train/a': { max: 2 },
    'train/': { max: 2 },
    train: 1,
    tr: 1,
  });
  vector('compat', 'match the text itself', (run) => run.define('tr*', 'max').log(train).log(lower), {
    'train/a': { max: 2 },
    'train/': { max: 2 },
    train: { max: 2 },
    tr: { max: 2 },
  });
  vector(
    'compat',
    'skip top-level keys with an underscore, but not nested ones',
    (run) =>
      run
        .define('*', 'max')
        .log({ _x: 2, a: { _b: 2 } })
        .log({ _x: 1, a: { _b: 1 } }),
    { _x: 1, a: { _b: { max: 2 } } },
  );
  vector(
    'compat',
    'match nested values by their dots',
    (run) =>
      run
        .define('a.*', 'max')
        .log({ a: { b: 2 } })
        .log({ a: { b: 1 } }),
    {
      a: { b: { max: 2 } },
    },
  );
  vector('fixed', 'match dotted keys', (run) => run.define('*', 'min').logEach('x.y', [3, 4]), { 'x.y': { min: 3 } });
  vector(
    'compat',
    'hold for keys that are first logged later',
    (run) => run.log({ a: 5 }).define('*', 'min').log({ a: 7, b: 1 }),
    { a: { min: 5 }, b: { min: 1 } },
  );
  vector(
    'compat',
    'are masked by an exact name, even an empty one',
    (run) => run.define('*', 'max').define('a').logEach('a', [2, 1]),
    {
      a: 1,
    },
  );
  vector(
    'compat',
    'are masked by an exact name that only hides',
    (run) => run.define('*', 'max').define('a', '', { hidden: true }).logEach('a', [2, 1]),
    { a: 1 },
  );
  vector(
    'fixed',
    'are masked by an exact name whenever it was given',
    (run) => run.define('*', 'max').log({ a: 1 }).define('a', 'min').log({ a: 0 }),
    { a: { min: 0 } },
  );
  vector(
    'fixed',
    'reach keys that were logged before the glob was changed',
    (run) => run.define('*', 'max').log({ a: 1 }).define('*', 'min').log({ a: 0 }),
    { a: { min: 0, max: 1 } },
  );
  vector(
    'fixed',
    'the one with the longest literal prefix wins, whatever the order',
    (run) => run.define('val/*', 'max').define('*', 'min').define('v*', 'mean').logEach('val/a', [1, 3]),
    { 'val/a': { max: 3 } },
  );
  vector(
    'fixed',
    'of equally specific ones the later wins',
    (run) => run.define('a*c', 'max').define('a*', 'min').logEach('abc', [1, 3]),
    { abc: { min: 1 } },
  );
  vector(
    'compat',
    'with none leave keys with an underscore and explicit values',
    (run) => run.define('*', 'none').log({ a: 1, _runtime: 2 }).set('b', 3),
    { _runtime: 2, b: 3 },
  );
  vector('compat', 'leave underscores to exact names', (run) => run.define('_x', 'min').logEach('_x', [1, 2]), {
    _x: { min: 1 },
  });
  const image = { _type: 'image-file', path: 'a.png', width: 4 };
  vector('fixed', 'do not take media apart', (run) => run.define('*', 'max').log({ img: image }), { img: image });
  vector(
    'compat',
    'match their own step metric',
    (run) => run.define('*', 'max', { stepMetric: 'epoch' }).log({ epoch: 2 }).log({ epoch: 1 }),
    { epoch: { max: 2 } },
  );
  vector(
    'beyond',
    'take a star anywhere',
    (run) => run.define('*/valid/*loss', 'min').logEach('m/valid/aux_loss', [1, 2]).log({ 'm/train/loss': 3 }),
    {
      'm/valid/aux_loss': { min: 1 },
      'm/train/loss': 3,
    },
  );
});

describe('definitions after data', () => {
  const early = 'show at once what was folded before they were given';
  vector('compat', early, (run) => run.logEach('v', [5, 1]).define('v', 'min,mean'), { v: { min: 1, mean: 3 } });
  vector(
    'compat',
    'go on from what was folded before',
    (run) => run.logEach('v', [5, 1]).define('v', 'min,mean').log({ v: 3 }),
    {
      v: { min: 1, mean: 3 },
    },
  );
  vector(
    'fixed',
    'hold at the end though nothing is logged any more',
    (run) => run.logEach('v', [5, 1]).define('v', 'min,mean').resume(),
    {
      v: { min: 1, mean: 3 },
    },
  );
  vector(
    'fixed',
    'replace one another after the last row',
    (run) => run.define('v', 'min').logEach('v', [5, 1]).define('v', 'last', { overwrite: true }),
    { v: { last: 1 } },
  );
  vector(
    'fixed',
    'with none take away what was shown',
    (run) => run.define('v', 'min').logEach('v', [5, 1]).define('v', 'none'),
    {},
  );
  vector('compat', 'by glob reach back too', (run) => run.log({ a: 5 }).define('*', 'min').log({ a: 7 }), {
    a: { min: 5 },
  });
});

describe('step metrics', () => {
  vector(
    'fixed',
    'get no invented values: the mean of the step metric is that of what was logged',
    (run) =>
      run.define('e', 'mean').define('v', '', { stepMetric: 'e' }).log({ e: 5 }).logEach('v', [1, 2]).log({ e: 10 }),
    { e: { mean: 7.5 }, v: 2 },
  );
  vector(
    'fixed',
    'that were never logged are not there',
    (run) => run.define('v', '', { stepMetric: 'e' }).log({ v: 1 }),
    {
      v: 1,
    },
  );
  vector(
    'fixed',
    'may have dotted names',
    (run) => run.define('v', '', { stepMetric: 's\\.t' }).log({ v: 1, 's.t': 4 }),
    {
      v: 1,
      's.t': 4,
    },
  );
  vector(
    'compat',
    'may be the metric itself',
    (run) => run.define('v', 'max', { stepMetric: 'v' }).logEach('v', [2, 1]),
    {
      v: { max: 2 },
    },
  );
});
