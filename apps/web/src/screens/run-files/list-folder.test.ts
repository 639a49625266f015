import { describe, expect, it } from 'vitest';
import { findFiles, foldersOf, listFolder } from './list-folder.ts';

const file = (path: string, size = 1, updatedAt = '2026-01-01') => ({ path, size, updatedAt });
const FILES = [
  file('output.log', 10),
  file('media/images/step-10.png', 100, '2026-01-03'),
  file('media/images/step-9.png', 50, '2026-01-02'),
  file('media/table.json', 5, '2026-01-01'),
  file('mediatheque.txt', 7),
];

describe('a folder', () => {
  it('at the top shows folders with what all below them comes to, then files', () => {
    expect(listFolder(FILES, '')).toEqual({
      folders: [{ path: 'media/', name: 'media', fileCount: 3, size: 155, updatedAt: '2026-01-03' }],
      files: [file('mediatheque.txt', 7), file('output.log', 10)],
    });
  });

  it('further down shows what lies in it, numbers in their order', () => {
    expect(listFolder(FILES, 'media/images/').files.map(({ path }) => path)).toEqual([
      'media/images/step-9.png',
      'media/images/step-10.png',
    ]);
    expect(listFolder(FILES, 'media/').folders.map(({ name }) => name)).toEqual(['images']);
  });

  it('that is not there is empty', () => {
    expect(listFolder(FILES, 'nothing/')).toEqual({ folders: [], files: [] });
  });

  it('on the way to a path are named from the top', () => {
    expect(foldersOf('media/images/step-9.png')).toEqual([
      { name: 'media', path: 'media/' },
      { name: 'images', path: 'media/images/' },
    ]);
    expect(foldersOf('output.log')).toEqual([]);
  });
});

describe('the search', () => {
  it('finds a text anywhere in a path, whatever the case', () => {
    expect(findFiles(FILES, 'STEP').map(({ path }) => path)).toEqual([
      'media/images/step-9.png',
      'media/images/step-10.png',
    ]);
  });
});
