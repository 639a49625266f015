import { expect, it } from 'vitest';
import { type Change, changesOf } from './changes-of.ts';

it('changes of a key are its own and those below and above it', () => {
  const all = ['a', 'a.b', 'a.b.c', 'ab', 'a.c'].map((key) => ({ key }) as Change);
  expect(changesOf(all, 'a.b').map(({ key }) => key)).toEqual(['a', 'a.b', 'a.b.c']);
});
