import { describe, expect, it } from 'vitest';
import { RunScript, vector } from './testing/run-script.ts';

// Each title says whether the vector is what W&B does (compat), what it gets wrong (fixed), or what it lacks (beyond).

describe('the last value of each key', () => {
  vector('compat', 'keeps a key that a later row does not have', (run) => run.log({ x: 1, y: 2 }).log({ x: 3 }), {
    x: 3,
    y: 2,
  });
  vector('compat', 'shows what was logged after an explicit value', (run) => run.set('x', 1).log({ x: 2 }), { x: 2 });
  vector('compat', 'shows an explicit value over what was logged before', (run) => run.log({ x: 2 }).set('x', 1), {
    x: 1,
  });
  vector(
    'compat',
    'keeps an explicit value while other keys are logged',
    (run) => run.set('best', 1).log({ o: 1 }).log({ o: 2 }),
    { best: 1, o: 2 },
  );
});

describe('rows and steps', () => {
  const allFive = 'min,max,mean,first,last';
  vector('compat', 'shows nothing before anything is logged', (run) => run, {});
  vector(
    'compat',
    'merges calls of one step key by key',
    (run) => run.log({ x: 1 }, 0).log({ y: 2 }, 0).log({ x: 5 }, 0),
    { x: 5, y: 2 },
  );
  vector(
    'compat',
    'merges nested values of one step',
    (run) => run.log({ d: { a: 1, b: 2 } }, 0).log({ d: { a: 3 } }, 0),
    {
      d: { a: 3, b: 2 },
    },
  );
  vector(
    'compat',
    'counts only the last value of a step that is logged twice',
    (run) => run.define('x', allFive).log({ x: 1 }, 0).log({ x: 9 }, 0),
    { x: { min: 9, max: 9, mean: 9, last: 9, first: 9 } },
  );
  vector(
    'fixed',
    'shows the row of a step at once, not when the next step begins',
    (run) => run.define('x', allFive).log({ x: 1 }, 0).log({ x: 9 }, 0).log({ x: 4 }, 1),
    { x: { min: 4, max: 9, mean: 6.5, last: 4, first: 9 } },
  );
  vector(
    'fixed',
    'accepts a value for an earlier step, where it replaces the old one',
    (run) => run.define('x', allFive).log({ x: 9 }, 0).log({ x: 4 }, 1).log({ x: 100 }, 0).log({ x: 6 }, 5),
    { x: { min: 4, max: 100, mean: 110 / 3, last: 6, first: 100 } },
  );
  vector(
    'fixed',
    'keeps an explicit value that was written after the row, at the end too',
    (run) => run.log({ x: 1 }, 5).set('x', 9).resume(),
    { x: 9 },
  );

  it('fixed: gives a row without a step the one after the last, never that of the row before', () => {
    const run = new RunScript().log({ x: 1 }, 3).log({ x: 2 }).log({ x: 3 });
    expect([...(run.metrics.get('x')?.column.steps ?? [])]).toEqual([3, 4, 5]);
  });

  it('fixed: keeps rows of earlier steps that W&B drops, and the same history otherwise', () => {
    const run = new RunScript().log({ n: 1 }).log({ n: 11 }).log({ n: 2 }, 100).log({ n: 3 }, 100);
    run.log({ n: 8 }, 101).log({ n: 5 }, 102).log({ cool: 2 }, 2).log({ cool: 2 }, 4);
    const [n, cool] = [run.metrics.get('n')?.column, run.metrics.get('cool')?.column];
    expect([...(n?.numbers ?? [])]).toEqual([1, 11, 3, 8, 5]);
    expect([...(n?.steps ?? [])]).toEqual([0, 1, 100, 101, 102]);
    expect([...(cool?.steps ?? [])]).toEqual([2, 4]);
  });

  it('compat: lets a row without values take a step', () => {
    const run = new RunScript().log({}).log({ x: 1 });
    expect([...(run.metrics.get('x')?.column.steps ?? [])]).toEqual([1]);
  });

  it('compat: refuses a negative step', () => {
    expect(() => new RunScript().log({ x: 1 }, -1)).toThrow('step of row 0 is -1, not a whole number from 0 to 2^53-1');
  });
});

describe('value types of rows', () => {
  const values = { int: 3, float: 0.25, text: 'a', flag: true, list: [1, [2, 'x']] };
  vector('compat', 'keeps numbers, text, booleans and lists as they are', (run) => run.log(values), values);
  vector('compat', 'keeps whole numbers of 64 bits exactly', (run) => run.log({ n: 2n ** 53n + 1n }), {
    n: 9007199254740993n,
  });
  vector('fixed', 'keeps larger whole numbers exactly', (run) => run.log({ n: 2n ** 70n }), { n: 2n ** 70n });
  vector('fixed', 'keeps the sign of zero', (run) => run.log({ n: -0 }), { n: -0 });
  vector(
    'compat',
    'keeps NaN and the infinities, also when they are sent as strings',
    (run) => run.log({ a: Number.NaN, b: Number.POSITIVE_INFINITY, c: '-Infinity', d: 'NaN' }),
    { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: Number.NEGATIVE_INFINITY, d: Number.NaN },
  );
  vector('compat', 'takes an empty object for nothing', (run) => run.log({ a: {}, b: { c: {} } }), {});
  vector('compat', 'keeps a key that begins with an underscore', (run) => run.log({ _x: 1 }), { _x: 1 });
  const histogram = { _type: 'histogram', values: [1, 2], bins: [0, 1, 2] };
  vector('compat', 'keeps a histogram as the object it is', (run) => run.log({ h: histogram }), { h: histogram });

  it('fixed: refuses an empty key instead of dropping it', () => {
    expect(() => new RunScript().log({ '': 1 })).toThrow('a key must not be empty');
  });

  it('compat: refuses values that are not an object', () => {
    expect(() => new RunScript().log([1])).toThrow('"values" of row 0 is a list');
  });
});

describe('value types of explicit values', () => {
  vector('fixed', 'keeps NaN, alone and in an object', (run) => run.set('a', Number.NaN).set('b', { c: Number.NaN }), {
    a: Number.NaN,
    b: { c: Number.NaN },
  });
  vector('compat', 'keeps NaN in a list, and infinity', (run) => run.set('a', [1, Number.NaN]).set('b', Infinity), {
    a: [1, Number.NaN],
    b: Number.POSITIVE_INFINITY,
  });
  vector('compat', 'lets null take a key away', (run) => run.set('a', 1).set('b', 2).set('a', null), { b: 2 });
  vector('compat', 'keeps an empty object', (run) => run.set('a', {}), { a: {} });
  vector('compat', 'keeps null inside an object', (run) => run.set('a', { b: null }), { a: { b: null } });
});

describe('nesting and dots', () => {
  vector('compat', 'merges logged objects', (run) => run.log({ a: { b: 2 } }).log({ a: { c: 3 } }), {
    a: { b: 2, c: 3 },
  });
  vector(
    'fixed',
    'replaces a media object whole, without the caption of the one before',
    (run) =>
      run
        .log({ img: { _type: 'image-file', path: 'a.png', caption: 'first' } })
        .log({ img: { _type: 'image-file', path: 'b.png' } }),
    { img: { _type: 'image-file', path: 'b.png' } },
  );
  vector('compat', 'tells a dotted key from a nested one', (run) => run.log({ 'a.b': 1 }).log({ a: { b: 2 } }), {
    'a.b': 1,
    a: { b: 2 },
  });
  vector('compat', 'gives a slash no meaning', (run) => run.log({ 'a/b': 1 }), { 'a/b': 1 });
  vector('compat', 'replaces a number by an object', (run) => run.log({ a: 1 }).log({ a: { b: 2 } }), { a: { b: 2 } });
  vector('compat', 'replaces an object by a number', (run) => run.log({ a: { b: 2, c: 3 } }).log({ a: 1 }), { a: 1 });
  vector(
    'compat',
    'brings nothing back of an object that a number replaced',
    (run) =>
      run
        .log({ a: { b: 2 } })
        .log({ a: 1 })
        .log({ a: { c: 3 } }),
    { a: { c: 3 } },
  );
  vector(
    'fixed',
    'keeps what is defined and folded below a key that was a number for a while',
    (run) =>
      run
        .define('a.b', 'min')
        .log({ a: { b: 2 } })
        .log({ a: 1 })
        .log({ a: { b: 3 } }),
    { a: { b: { min: 2 } } },
  );
});

describe('null', () => {
  vector('fixed', 'is no observation: the value before stays', (run) => run.log({ x: 1, y: 2 }).log({ x: null }), {
    x: 1,
    y: 2,
  });
  vector(
    'fixed',
    'is no observation inside an object',
    (run) => run.log({ d: { a: null, b: 1 } }).log({ d: { b: null } }),
    {
      d: { b: 1 },
    },
  );
});

describe('reserved keys', () => {
  it('fixed: refuses a logged _step or _timestamp instead of dropping or hiding it', () => {
    expect(() => new RunScript().log({ _step: 3 })).toThrow('_step is reserved');
    expect(() => new RunScript().log({ _timestamp: 3 })).toThrow('_timestamp is reserved');
  });

  it('compat: takes the time of a row from the caller', () => {
    const run = new RunScript().logRows([{ timestamp: 1234.5, values: { x: 1 } }]);
    expect(run.metrics.get('x')?.state.last).toEqual({ value: 1, step: 0, time: 1234.5 });
  });

  vector('fixed', 'keeps an explicit _step while rows come', (run) => run.set('_step', 7).log({ x: 1 }), {
    x: 1,
    _step: 7,
  });
  vector('compat', 'keeps a logged _runtime as an ordinary value', (run) => run.log({ _runtime: 1.5 }), {
    _runtime: 1.5,
  });
  vector('beyond', 'leaves system metrics out', (run) => run.log({ 'system/cpu': 50, x: 1 }), { x: 1 });
});
