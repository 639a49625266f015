import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { RunScript, type VectorTag, vector } from './testing/run-script.ts';

const goalMax = { goal: 'maximize' };
const goalMin = { goal: 'minimize' };
const afresh = { overwrite: true };

describe('what a definition shows of v = 3, 1, 2', () => {
  type Definition = [summary?: string | string[], more?: object];
  const shows = (tag: VectorTag, fact: string, definitions: Definition[], expected: JsonObject) =>
    vector(
      tag,
      fact,
      (run) => {
        for (const [summary, more] of definitions) run.define('v', summary, more);
        run.logEach('v', [3, 1, 2]);
      },
      expected,
    );

  shows('compat', 'the last value when no statistic is asked for', [[]], { v: 2 });
  shows('compat', 'the last value for empty text', [['']], { v: 2 });
  shows('compat', 'the last value for copy', [['copy']], { v: 2 });
  shows('compat', 'min', [['min']], { v: { min: 1 } });
  shows('compat', 'max', [['max']], { v: { max: 3 } });
  shows('compat', 'mean', [['mean']], { v: { mean: 2 } });
  shows('compat', 'last', [['last']], { v: { last: 2 } });
  shows('compat', 'first', [['first']], { v: { first: 3 } });
  shows('compat', 'min and max asked for at once, without last', [['min,max']], { v: { min: 1, max: 3 } });
  shows('compat', 'min and max asked for one after the other', [['min'], ['max']], { v: { min: 1, max: 3 } });
  shows('compat', 'last and min', [['last,min']], { v: { last: 2, min: 1 } });
  shows('compat', 'min when copy is asked for beside it', [['copy,min']], { v: { min: 1 } });
  shows('compat', 'min when copy is asked for later', [['min'], ['copy']], { v: { min: 1 } });
  shows('compat', 'nothing for none', [['none']], {});
  shows('compat', 'nothing for none before min in one list', [['none,min']], {});
  shows('compat', 'nothing for none behind min in one list', [['min,none']], {});
  shows('compat', 'nothing for min and later none', [['min'], ['none']], {});
  shows('compat', 'min for none and later min', [['none'], ['min']], { v: { min: 1 } });
  shows('compat', 'min and max for min, none, max', [['min'], ['none'], ['max']], { v: { min: 1, max: 3 } });
  shows('compat', 'nothing for none and later no statistic', [['none'], []], {});
  shows('compat', 'the last value for none and later a fresh start', [['none'], [[], afresh]], { v: 2 });
  shows('compat', 'only max for min and later max afresh', [['min'], ['max', afresh]], { v: { max: 3 } });
  shows('compat', 'names in any case', [['MIN,Max']], { v: { min: 1, max: 3 } });
  shows('fixed', 'names with spaces around them', [['min, max']], { v: { min: 1, max: 3 } });
  shows('beyond', 'names in an array', [[['min', 'max,mean']]], { v: { min: 1, max: 3, mean: 2 } });
  shows('fixed', 'best by its goal', [['best', goalMax]], { v: { best: 3 } });
  shows('fixed', 'best by the other goal', [['best', goalMin]], { v: { best: 1 } });
  shows('fixed', 'best beside max', [['best,max', goalMax]], { v: { max: 3, best: 3 } });
  shows('fixed', 'best that min does not overwrite', [['best,min,max', goalMax]], { v: { min: 1, max: 3, best: 3 } });
  shows('fixed', 'best by the older word objective', [['best', { objective: 'minimize' }]], { v: { best: 1 } });
  shows('fixed', 'best by a goal that was given before', [[[], goalMin], ['best']], { v: { best: 1 } });
  shows(
    'beyond',
    'best by a goal that is changed later',
    [
      ['best', goalMin],
      [[], goalMax],
    ],
    { v: { best: 3 } },
  );
  shows('beyond', 'count, sum, variance and median', [['median,variance,sum,count']], {
    v: { count: 3, sum: 6, variance: 2 / 3, median: 2 },
  });
  shows('beyond', 'the standard deviation and percentiles', [['p90,stddev,p0,p99.9']], {
    v: { stddev: Math.sqrt(2 / 3), p0: 1, p90: 2.8, 'p99.9': 2.998 },
  });

  it('fixed: refuses best without a goal', () => {
    expect(() => new RunScript().define('v', 'best')).toThrow('definition of "v": best needs a goal');
    expect(() => new RunScript().define('v', 'best', goalMax).define('v', 'best', afresh)).toThrow('needs a goal');
  });

  it('shows statistics in one fixed order', () => {
    const run = new RunScript().define(
      'v',
      'p5,median,first,last,stddev,count,sum,variance,best,mean,max,min',
      goalMax,
    );
    const shown = run.log({ v: 1 }).summary().v as JsonObject;
    const order = 'min,max,mean,best,last,first,count,sum,variance,stddev,median,p5';
    expect(Object.keys(shown).join()).toBe(order);
  });
});

describe('numerics', () => {
  vector(
    'compat',
    'the mean weighs every value the same',
    (run) => run.define('v', 'mean').log({ v: 1 }, 0).log({ v: 3 }, 99),
    {
      v: { mean: 2 },
    },
  );
  vector(
    'fixed',
    'ten times 0.1 has the mean 0.1',
    (run) => run.define('v', 'mean').logEach('v', Array(10).fill(0.1)),
    {
      v: { mean: 0.1 },
    },
  );
  vector(
    'fixed',
    'the mean of huge values does not overflow',
    (run) => run.define('v', 'mean,sum').logEach('v', [1e308, 1e308]),
    {
      v: { mean: 1e308, sum: Number.POSITIVE_INFINITY },
    },
  );
  vector(
    'fixed',
    'a small value between huge ones is not lost',
    (run) => run.define('v', 'mean,sum').logEach('v', [1e16, 1, -1e16]),
    {
      v: { mean: 1 / 3, sum: 1 },
    },
  );
  vector(
    'compat',
    'min and max of whole numbers beyond 2^53 are float64, last and first exact',
    (run) => run.define('v', 'min,last,first').logEach('v', [2n ** 53n + 1n]),
    { v: { min: 9007199254740992, last: 9007199254740993n, first: 9007199254740993n } },
  );
});

describe('values that are not finite numbers', () => {
  const shows = (tag: VectorTag, fact: string, values: unknown[], expected: JsonObject) =>
    vector(tag, fact, (run) => run.define('v', 'min,max,mean,first,last').logEach('v', values), expected);
  const same = (value: JsonValue) => ({ min: value, max: value, mean: value });

  shows('fixed', 'NaN alone is first and last, and no statistic', [Number.NaN], {
    v: { last: Number.NaN, first: Number.NaN },
  });
  shows('fixed', 'NaN before a number leaves min, max and mean alone', [Number.NaN, 4], {
    v: { ...same(4), last: 4, first: Number.NaN },
  });
  shows('fixed', 'NaN between numbers leaves min, max and mean alone', [4, Number.NaN, 2], {
    v: { min: 2, max: 4, mean: 3, last: 2, first: 4 },
  });
  shows('fixed', 'NaN after numbers is last, and max stays', [2, 8, Number.NaN], {
    v: { min: 2, max: 8, mean: 5, last: Number.NaN, first: 2 },
  });
  shows('fixed', 'infinity wins neither max nor mean', [Number.POSITIVE_INFINITY, 1], {
    v: { ...same(1), last: 1, first: Number.POSITIVE_INFINITY },
  });
  shows('fixed', 'two infinities are no statistic', [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], {
    v: { last: Number.POSITIVE_INFINITY, first: Number.NEGATIVE_INFINITY },
  });
  shows('fixed', 'text has no invented zeros', ['a', 'b'], { v: { last: 'b', first: 'a' } });
  shows('compat', 'text between numbers is in no statistic', [1, 'oops', 3], {
    v: { min: 1, max: 3, mean: 2, last: 3, first: 1 },
  });
  shows('fixed', 'booleans count as 0 and 1', [true, false], {
    v: { min: 0, max: 1, mean: 0.5, last: false, first: true },
  });
  shows('compat', 'null between numbers is no value', [1, null, 3], {
    v: { min: 1, max: 3, mean: 2, last: 3, first: 1 },
  });
  shows('fixed', 'null alone is nothing', [null], {});
  shows('fixed', 'a list has no invented zeros', [[1, 2, 3]], { v: { last: [1, 2, 3], first: [1, 2, 3] } });

  vector(
    'beyond',
    'text is shown as it is when only numeric statistics are asked for',
    (run) => run.define('v', 'min,mean').log({ v: 'a' }),
    {
      v: 'a',
    },
  );
  vector(
    'beyond',
    'a metric that was only NaN is left out when no asked statistic exists',
    (run) => run.define('v', 'min').log({ v: Number.NaN }),
    {},
  );
  vector(
    'beyond',
    'of equal values the best is the one at the lowest step',
    (run) => run.define('v', 'best', goalMin).logEach('v', [2, 1, 1]),
    {
      v: { best: 1 },
    },
  );
});

describe('names, nesting and escapes', () => {
  const nested = [{ a: 3, b: 1 }, { a: 1, b: 2 }, { a: 2 }];
  vector('compat', 'v.a is the nested value a of v', (run) => run.define('v.a', 'min').logEach('v', nested), {
    v: { a: { min: 1 }, b: 2 },
  });
  vector(
    'compat',
    'a definition of v does not reach what is nested in it',
    (run) => run.define('v', 'min').logEach('v', nested),
    {
      v: { a: 2, b: 2 },
    },
  );
  vector('compat', 'v.a is not the dotted key', (run) => run.define('v.a', 'min').logEach('v.a', [3, 1, 2]), {
    'v.a': 2,
  });
  vector('compat', 'v\\.a is the dotted key', (run) => run.define('v\\.a', 'min').logEach('v.a', [3, 1, 2]), {
    'v.a': { min: 1 },
  });
  vector(
    'compat',
    'any other backslash is itself',
    (run) => run.define('test\\this\\.that', 'min').logEach('test\\this.that', [1, 2]),
    {
      'test\\this.that': { min: 1 },
    },
  );
  vector('fixed', 'a single backslash is a name', (run) => run.define('\\', 'min').logEach('\\', [1, 2]), {
    '\\': { min: 1 },
  });
  vector(
    'fixed',
    'a dotted name does not harm the number of its first part',
    (run) => run.log({ x: 1 }).define('x.y', 'min'),
    {
      x: 1,
    },
  );
  vector(
    'fixed',
    'a dotted name does not harm the statistics of its first part',
    (run) => run.define('lr', 'min').log({ lr: 1, 'lr.0': 2 }).define('lr.0', 'min').log({ lr: 3 }),
    { lr: { min: 1 }, 'lr.0': 2 },
  );
});
