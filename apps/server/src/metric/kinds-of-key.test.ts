import { describe, expect, it } from 'vitest';
import { NO_USE } from './key-use-store.ts';
import { kindsOfKey } from './kinds-of-key.ts';

describe('kindsOfKey', () => {
  it.each([
    ['what every run has', 'number', { runs: 3, numbers: 3 }, ['number']],
    [
      'several kinds in a fixed order',
      'text',
      { runs: 3, numbers: 1, texts: 1, booleans: 1 },
      ['number', 'text', 'boolean'],
    ],
    ['the kind seen first when no run has it any more', 'list', {}, ['list']],
    ['a list that stays one', 'list', { runs: 2, others: 2 }, ['list']],
    ['texts too long to be kept beside the run', 'text', { runs: 2, texts: 1, others: 1 }, ['text']],
    ['a config value that is NaN everywhere', 'number', { runs: 1, others: 1 }, ['number']],
    ['numbers beside something else', 'number', { runs: 2, numbers: 1, others: 1 }, ['number', 'list', 'object']],
    ['what was a boolean and is none now', 'boolean', { runs: 1, others: 1 }, ['list', 'object']],
  ] as const)('tells %s', (_, first, use, kinds) => {
    expect(kindsOfKey(first, { ...NO_USE, ...use })).toEqual(kinds);
  });
});
