import { expect, it } from 'vitest';
import { likeMatcher, likePrefix } from './like-pattern.ts';

it.each([
  ['%.json', 'a/b.json', true],
  ['%.json', 'ajson', false],
  ['a_c', 'abc', true],
  ['a_c', 'abbc', false],
  ['media/%', 'media/', true],
  ['100\\%', '100%', true],
  ['100\\%', '1000', false],
  ['a-b+(c)[d]', 'a-b+(c)[d]', true],
  ['%%%%%%%%%%%%%%%%%%%%x', 'y'.repeat(2_000), false],
])('LIKE %j and %j: %j', (pattern, text, matches) => {
  expect(likeMatcher(pattern)(text)).toBe(matches);
});

it('knows what every match begins with', () => {
  expect(['media/%', '%.json', 'a_c', 'plain', 'x\\%'].map(likePrefix)).toEqual(['media/', '', 'a', 'plain', 'x']);
});
