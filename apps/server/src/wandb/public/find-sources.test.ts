import { describe, expect, it } from 'vitest';
import { findSources } from './find-sources.ts';

describe('findSources', () => {
  it.each<[title: string, key: string, stored: string[], expected: string[], below: [string, string][] | null]>([
    ['a name', 'a', ['a', 'b'], ['a'], null],
    ['a path', 'a.b', ['a.b', 'b'], ['a.b'], null],
    ['one name with a dot', 'a.b', ['a\\.b'], ['a\\.b'], null],
    ['the single name first when both are stored', 'a.b', ['a.b', 'a\\.b'], ['a\\.b', 'a.b'], null],
    ['a dot in a name below another', 'n.b.c', ['n.b\\.c'], ['n.b\\.c'], null],
    ['a backslash before the dot of a name', 'a\\.b', ['a\\.b', 'a\\\\\\.b'], ['a\\\\\\.b', 'a\\.b'], null],
    ['what our own API calls a name with a dot', 'a\\.b', ['a\\.b'], ['a\\.b'], null],
    [
      'all that is below an object',
      'n',
      ['n.a', 'n.b\\.c', 'n.d.e', 'no', 'm.n.a'],
      ['n.a', 'n.b\\.c', 'n.d.e'],
      [
        ['n.a', 'a'],
        ['n.b\\.c', 'b\\.c'],
        ['n.d.e', 'd.e'],
      ],
    ],
    ['what is below a name with a dot', 'o.p', ['o\\.p.q'], ['o\\.p.q'], [['o\\.p.q', 'q']]],
    ['nothing of a name that only begins so', 'a', ['a\\.b'], [], []],
    ['nothing of what is not stored', 'x', ['a'], [], []],
  ])('finds %s', (_title, key, stored, expected, below) => {
    expect(findSources([key], stored)).toEqual([{ key, stored: expected, below: below && new Map(below) }]);
  });
});
