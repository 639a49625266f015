import { describe, expect, it } from 'vitest';
import { RunScript, vector } from './testing/run-script.ts';

describe('explicit values over statistics', () => {
  const minOf5 = (run: RunScript) => run.define('v', 'min').log({ v: 5 });

  vector('compat', 'show until the metric is logged again', (run) => minOf5(run).set('v', 100), { v: 100 });
  vector('fixed', 'do not end the statistics below them', (run) => minOf5(run).set('v', 100).log({ v: 7 }), {
    v: { min: 5 },
  });
  vector('fixed', 'are not counted', (run) => minOf5(run).set('v', 0).log({ v: 7 }).log({ v: 1 }), { v: { min: 1 } });
  vector('fixed', 'stay when the metric is defined later', (run) => run.set('v', 100).define('v', 'min'), { v: 100 });
  vector('compat', 'end with the first row', (run) => run.set('v', 100).define('v', 'min').log({ v: 7 }), {
    v: { min: 7 },
  });
  vector('compat', 'are not taken for a state', (run) => run.set('v', { min: 0.1 }).define('v', 'min').log({ v: 7 }), {
    v: { min: 7 },
  });
  vector('compat', 'replace one statistic', (run) => minOf5(run).set('v.min', -1), { v: { min: -1 } });
  vector('fixed', 'of one statistic end with the next row', (run) => minOf5(run).set('v.min', -1).log({ v: 7 }), {
    v: { min: 5 },
  });
  vector('fixed', 'stand beside statistics', (run) => minOf5(run).set('v.best_epoch', 3), {
    v: { min: 5, best_epoch: 3 },
  });
  vector('fixed', 'show though the metric is left out', (run) => run.define('v', 'none').set('v', 3), { v: 3 });
  vector('fixed', 'are not the first value', (run) => run.set('v', 9).define('v', 'first').log({ v: 2 }), {
    v: { first: 2 },
  });
  vector('beyond', 'give way to what is derived when they are cleared', (run) => minOf5(run).set('v', 100).clear('v'), {
    v: { min: 5 },
  });
});

describe('deleting', () => {
  vector('compat', 'takes a value away', (run) => run.log({ x: 1 }).delete('x'), {});
  vector('compat', 'lasts until the metric is logged again', (run) => run.log({ x: 1 }).delete('x').log({ x: 3 }), {
    x: 3,
  });
  vector(
    'fixed',
    'loses no statistic, not even first',
    (run) => run.define('v', 'min,max,mean,first,last').logEach('v', [1, 9]).delete('v').log({ v: 5 }),
    { v: { min: 1, max: 9, mean: 5, last: 5, first: 1 } },
  );
  vector(
    'fixed',
    'takes one statistic away',
    (run) => run.define('v', 'min,max').logEach('v', [1, 2]).delete('v.max'),
    { v: { min: 1 } },
  );
  vector('compat', 'takes a logged object away', (run) => run.log({ a: { b: 1, c: 2 }, d: 3 }).delete('a'), { d: 3 });
  vector(
    'fixed',
    'keeps the definitions below',
    (run) =>
      run
        .define('a.b', 'min')
        .log({ a: { b: 3 } })
        .delete('a')
        .log({ a: { b: 5 } })
        .log({ a: { b: 6 } }),
    { a: { b: { min: 3 } } },
  );
  vector(
    'compat',
    'of the only nested value takes its object away too',
    (run) => run.log({ a: { b: 1 }, d: 3 }).delete('a.b'),
    {
      d: 3,
    },
  );
  vector('fixed', 'reaches into an object that was written', (run) => run.set('a', { b: 1, c: 2 }).delete('a.b'), {
    a: { c: 2 },
  });
  vector('compat', 'of a missing key is no error', (run) => run.log({ x: 1 }).delete('y').delete('x.y'), { x: 1 });
  vector(
    'fixed',
    'does not touch what is logged right behind it',
    (run) =>
      run
        .log({ a: { c: 1 } })
        .delete('a')
        .log({ a: { b: 5 } }),
    {
      a: { b: 5 },
    },
  );
  vector(
    'beyond',
    'holds whatever is defined later',
    (run) => run.log({ v: 1 }).delete('v').define('v', 'min,max'),
    {},
  );
  vector(
    'beyond',
    'is taken back by clearing',
    (run) => run.define('v', 'min,max').log({ v: 1 }).delete('v').clear('v'),
    {
      v: { min: 1, max: 1 },
    },
  );
  vector(
    'beyond',
    'is taken back for one statistic',
    (run) => run.define('v', 'min,max').log({ v: 1 }).delete('v').clear('v.max'),
    { v: { max: 1 } },
  );
});

describe('writing objects', () => {
  vector('compat', 'replaces what was there', (run) => run.set('a', { b: 1, c: 2 }).set('a', { c: 9 }), {
    a: { c: 9 },
  });
  vector('compat', 'replaces what was logged there', (run) => run.log({ a: { b: 1, c: 2 } }).set('a', { c: 9 }), {
    a: { c: 9 },
  });
  vector(
    'compat',
    'below a logged object keeps its other values',
    (run) => run.log({ a: { b: 1, c: 2 } }).set('a.c', 9),
    {
      a: { b: 1, c: 9 },
    },
  );
  vector(
    'fixed',
    'below a written object keeps its other values',
    (run) => run.set('a', { b: 1, c: 2 }).set('a.c', 9),
    {
      a: { b: 1, c: 9 },
    },
  );
  vector(
    'fixed',
    'is undone by a log only where it is logged',
    (run) => run.set('a', { b: 1, c: 2 }).log({ a: { c: 5 } }),
    {
      a: { b: 1, c: 5 },
    },
  );
  vector('fixed', 'below a missing key makes it', (run) => run.set('a.b', 1), { a: { b: 1 } });
  vector('fixed', 'below a number replaces the number', (run) => run.set('a', 1).set('a.b', 2), { a: { b: 2 } });
  vector(
    'compat',
    'replaces a metric\u2019s statistics',
    (run) => run.define('loss', 'min,max').log({ loss: 1 }).set('loss', { mean: 2 }),
    { loss: { mean: 2 } },
  );
  vector(
    'compat',
    'of one statistic keeps the others',
    (run) => run.define('loss', 'min,max').log({ loss: 1 }).set('loss.mean', 2),
    { loss: { min: 1, max: 1, mean: 2 } },
  );
  vector(
    'beyond',
    'keeps hiding the other metrics when one of them is logged',
    (run) =>
      run
        .log({ a: { b: 1, c: 2 } })
        .set('a', { d: 3 })
        .log({ a: { b: 4 } }),
    { a: { b: 4, d: 3 } },
  );
});

describe('revisions', () => {
  const author = (revision: number, at: number) => ({ revision, by: 'ada', at });

  it('say what was shown before and after, who changed it, when and how', () => {
    const run = new RunScript().define('v', 'min').log({ v: 5 }).set('v', 100).clear('v').delete('v');
    const told = run.changes.map(({ key, cause, from, to }) => ({ key, cause, from, to }));
    expect(told).toEqual([
      { key: 'v', cause: 'set', from: { min: 5 }, to: 100 },
      { key: 'v', cause: 'clear', from: 100, to: { min: 5 } },
      { key: 'v', cause: 'delete', from: { min: 5 }, to: undefined },
    ]);
    expect(run.changes[0]).toMatchObject(author(2, 1002));
  });

  it('name each value that a log ends', () => {
    const run = new RunScript().set('v.note', 'x').set('w', 1).log({ v: 5, w: 2, z: 3 });
    expect(run.changes.slice(2).map(({ key, cause, from }) => [key, cause, from])).toEqual([
      ['v.note', 'log', 'x'],
      ['w', 'log', 1],
    ]);
  });

  it('are not made where nothing changes', () => {
    const run = new RunScript().log({ v: 1 }).delete('missing').clear('v').clear('missing');
    expect(run.changes).toEqual([]);
  });
});

describe('resuming a run', () => {
  const first = () => {
    const run = new RunScript().define('v', 'min,max,mean,first,last').define('n.a', 'min');
    run.logEach('v', [5, 1, 3]).log({ n: { a: 1, b: 3 }, plain: 3, broken: Number.NaN });
    return run.set('best', { acc: 0.9, epoch: 4 }).resume();
  };
  const rest = { plain: 3, broken: Number.NaN, best: { acc: 0.9, epoch: 4 } };
  const kept = { v: { min: 1, max: 5, mean: 3, last: 3, first: 5 }, n: { a: { min: 1 }, b: 3 }, ...rest };

  it('compat: changes nothing by itself', () => {
    expect(first().summary()).toEqual(kept);
  });

  it('fixed: goes on with every statistic and keeps what was nested beside', () => {
    const run = first().define('v', 'min,max,mean,first,last').define('n.a', 'min');
    run.log({ v: 10, n: { a: 10 } }).log({ v: 20 });
    expect(run.summary()).toEqual({ ...kept, v: { min: 1, max: 20, mean: 7.8, last: 20, first: 5 } });
  });

  it('fixed: shows the same between a repeated definition and the first row', () => {
    expect(first().define('v', 'min,max,mean,first,last').summary()).toEqual(kept);
  });

  it('fixed: keeps the definitions of the first process', () => {
    expect(first().log({ v: 10 }).summary()).toEqual({
      ...kept,
      v: { min: 1, max: 10, mean: 4.75, last: 10, first: 5 },
    });
  });

  it('fixed: accepts rows of steps that the first process logged', () => {
    const run = first().log({ v: 40 }, 1).log({ v: 50 }, 2);
    expect(run.summary()).toEqual({ ...kept, v: { min: 5, max: 50, mean: 95 / 3, last: 50, first: 5 } });
  });
});
