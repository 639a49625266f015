import { expect, it } from 'vitest';
import { rankMatches } from './rank-matches.ts';

const titles = ['train/loss', 'loss', 'glossy', 'val/acc', 'Loss scale'].map((title) => ({ title }));
const found = (text: string) => rankMatches(titles, text).map(({ title }) => title);

it('puts what begins with the text first, then what has it at the start of a word', () => {
  expect(found('loss')).toEqual(['loss', 'Loss scale', 'train/loss', 'glossy']);
});

it('wants every word, in any order', () => {
  expect(found('loss train')).toEqual(['train/loss']);
  expect(found('loss nothing')).toEqual([]);
});

it('finds everything for an empty text', () => {
  expect(found('  ')).toHaveLength(titles.length);
});
