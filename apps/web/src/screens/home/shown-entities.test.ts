import { expect, it } from 'vitest';
import { shownEntities } from './shown-entities.ts';

const project = (name: string, lastActivityAt: string | null) => ({
  id: name,
  name,
  description: '',
  visibility: 'PRIVATE' as const,
  runCount: 0,
  runningCount: 0,
  lastActivityAt,
});
const entity = (name: string, nodes: ReturnType<typeof project>[]) => ({
  id: name,
  name,
  kind: 'TEAM' as const,
  projects: { totalCount: nodes.length, nodes },
});
const all = [
  entity('empty', []),
  entity('ada', [project('old', '2026-01-01T00:00:00.000Z'), project('none', null)]),
  entity('lab', [project('digits', '2026-02-01T00:00:00.000Z'), project('Vision', '2026-03-01T00:00:00.000Z')]),
];
const shown = (text: string) =>
  shownEntities(all, text).map(({ name, projects }) => [name, projects.map((p) => p.name)]);

it('puts what happened last first, and keeps empty entities', () => {
  expect(shown('')).toEqual([
    ['lab', ['Vision', 'digits']],
    ['ada', ['old', 'none']],
    ['empty', []],
  ]);
});

it('keeps an entity of which more projects are to be searched', () => {
  const large = { ...entity('large', [project('a', null)]), projects: { totalCount: 21, nodes: [project('a', null)] } };
  expect(shownEntities([large], 'z')).toMatchObject([{ name: 'large', projects: [], unread: 20 }]);
});

it('finds a part of the path, whatever the case', () => {
  expect(shown('LAB/v')).toEqual([['lab', ['Vision']]]);
  expect(shown('nowhere')).toEqual([]);
});
