import { parseJson } from '@summa/core/json/parse-json';
import { expect, it } from 'vitest';
import { prettyJson } from './pretty-json.ts';

it('indents objects and long lists, and keeps short lists on a line', () => {
  expect(prettyJson({ a: [1, 2], b: { c: 'x' }, d: {}, e: [{ f: 1 }] })).toBe(
    '{\n  "a": [1, 2],\n  "b": {\n    "c": "x"\n  },\n  "d": {},\n  "e": [\n    {\n      "f": 1\n    }\n  ]\n}',
  );
});

it('is read back without loss', () => {
  const value = { nan: Number.NaN, big: 12345678901234567890n, list: Array.from({ length: 60 }, (_, i) => i / 3) };
  expect(parseJson(prettyJson(value))).toEqual(value);
});
