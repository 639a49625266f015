import { expect, it } from 'vitest';
import { withTags } from './with-tags.ts';

it('adds tags of a comma list once each', () => {
  expect(withTags(['a'], 'b, a , ,b,c')).toEqual(['a', 'b', 'c']);
});

it('gives the same list when there is nothing new', () => {
  const tags = ['a'];
  expect(withTags(tags, ' a,')).toBe(tags);
});
