import type { JsonObject } from '@summa/core/json/json-value';
import { define, log, type Operation, remove, write } from './operation.ts';

/** A short script, and the decision that must explain what comes of it. */
export interface WrittenScript {
  readonly decision: string;
  readonly operations: readonly Operation[];
}

const infinity = Number.POSITIVE_INFINITY;
const histogram: JsonObject = { _type: 'histogram', values: [1, 2], bins: [0, 1, 2] };
/** The client takes one of several globs at random for each; that it takes ours for all of these does not happen. */
const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`val/${i}`, i]));

/** What random scripts seldom do, by a name for the run of each. */
export const WRITTEN_SCRIPTS: Readonly<Record<string, WrittenScript>> = {
  'null-in-a-dict': {
    decision: 'null says nothing',
    operations: [log({ x: 1 }), write(['best'], { a: null, b: Number.NaN, c: 1 })],
  },
  'deleted-and-never-logged-again': {
    decision: 'what was logged stays',
    operations: [log({ x: 1, y: 2 }), remove('x'), log({ y: 3 })],
  },
  'replaced-by-a-dict-without-it': {
    decision: 'what was logged stays',
    operations: [log({ a: { b: 1, c: 2 } }), write(['a'], { c: 9 })],
  },
  'none-by-hand': { decision: 'what was logged stays', operations: [log({ x: 1 }), write(['x'], null)] },
  'histogram-under-a-glob': {
    decision: 'media are one value',
    operations: [define('*', 'max'), log({ shape: histogram, x: 2 }), log({ x: 1 })],
  },
  'caption-of-the-one-before': {
    decision: 'media are one value',
    operations: [
      log({ m: { _type: 'html-file', path: 'a', caption: 'old' } }),
      log({ m: { _type: 'html-file', path: 'b' } }),
    ],
  },
  'a-minimum-by-hand': {
    decision: 'a statistic that is asked for is folded',
    operations: [define('v', 'min'), log({ v: 5 }), write(['v', 'min'], -1)],
  },
  'by-hand-then-logged': {
    decision: 'a value by hand does not end statistics',
    operations: [define('v', 'min'), log({ v: 5 }), write(['v'], 100), log({ v: 7 })],
  },
  'the-last-value-by-hand': {
    decision: 'a value by hand does not end statistics',
    operations: [define('v', 'min'), log({ v: 5 }), log({ v: 7 }), write(['v'], 7)],
  },
  'a-note-below-statistics': {
    decision: 'a value by hand does not end statistics',
    operations: [define('v', 'min'), log({ v: 5 }), write(['v', 'best_epoch'], 3)],
  },
  'dict-number-dict': {
    decision: 'a change of shape loses nothing',
    operations: [define('a.b', 'min'), log({ a: { b: 3 } }), log({ a: 1 }), log({ a: { b: 5 } })],
  },
  'left-out-after-it-was-shown': {
    decision: 'left out is gone',
    operations: [define('v', 'min'), log({ v: 5 }), log({ v: 1 }), define('v', 'none'), log({ v: 0 })],
  },
  'defined-after-the-last-row': {
    decision: 'definitions hold at once',
    operations: [log({ v: 5 }), log({ v: 1 }), define('v', 'min,mean')],
  },
  'two-globs': {
    decision: 'the most specific glob',
    operations: [define('*', 'min'), define('val/*', 'max'), log(many), log(many)],
  },
  'exact-name-after-a-glob': {
    decision: 'globs are read anew',
    operations: [define('*', 'max'), log({ a: 1 }), define('a', 'min'), log({ a: 0 })],
  },
  'glob-and-a-dot': { decision: 'globs match dots in keys', operations: [define('*', 'min'), log({ 'x.y': 3 })] },
  'first-after-a-deletion': {
    decision: 'first is the first',
    operations: [define('v', 'first,max'), log({ v: 9 }), log({ v: 1 }), remove('v'), log({ v: 5 })],
  },
  'first-after-a-write': {
    decision: 'first is the first',
    operations: [write(['v'], 9), define('v', 'first'), log({ v: 2 })],
  },
  'one-nan': {
    decision: 'NaN spoils nothing',
    operations: [define('v', 'min,max,mean'), log({ v: 4 }), log({ v: Number.NaN }), log({ v: 2 })],
  },
  'both-infinities': {
    decision: 'infinities are counted apart',
    operations: [define('v', 'min,max,mean'), log({ v: infinity }), log({ v: 1 }), log({ v: -infinity })],
  },
  'flags-only': {
    decision: 'booleans are 0 and 1',
    operations: [define('v', 'min,max,mean'), log({ v: true }), log({ v: true }), log({ v: false }), log({ v: true })],
  },
  'texts-only': {
    decision: 'nothing is invented',
    operations: [define('v', 'min,mean'), log({ v: 'a' }), log({ v: 'b' })],
  },
  'a-sum-that-cancels': {
    decision: 'means are exact',
    operations: [define('v', 'mean'), log({ v: 1e16 }), log({ v: 1 }), log({ v: -1e16 })],
  },
};
