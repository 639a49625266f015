import { describe, expect, it } from 'vitest';
import { checkContentType, contentTypeOfPath } from './content-type.ts';
import { checkFilePath, fileNameOf } from './file-path.ts';

describe('the path of a file', () => {
  it.each(['a', 'a/b/c.txt', '.hidden', 'a/.hidden', '...', 'a b/ä/字.npy', '%2e%2e/x', '~', 'C:', 'x'.repeat(1_024)])(
    'may be %j',
    (path) => {
      expect(() => checkFilePath(path, [])).not.toThrow();
    },
  );

  it.each([
    ...['', '/', '/etc/passwd', 'a/', 'a//b', '.', '..', '../x', 'a/../b', 'a/./b', 'a/..'],
    ...['a\\b', '..\\x', 'a\0b', 'a\nb', '\u007f', '\u0085', '\ud800', 'x'.repeat(1_025), 'ä'.repeat(513)],
  ])('may not be %j', (path) => {
    expect(() => checkFilePath(path, ['path'])).toThrow(
      expect.objectContaining({ code: 'INVALID_PATH', path: ['path'] }),
    );
  });

  it('ends in the name', () => {
    expect(['a/b/c.txt', 'c'].map(fileNameOf)).toEqual(['c.txt', 'c']);
  });
});

describe('a content type', () => {
  it.each(['text/plain', 'text/plain; charset=utf-8', 'image/svg+xml', 'a/b;c="d e";f=g', 'application/vnd.x.y-z'])(
    'may be %j',
    (type) => {
      expect(() => checkContentType(type, [])).not.toThrow();
    },
  );

  it.each([
    '',
    'text',
    'text/',
    '/plain',
    'text/plain\r\nset-cookie: x',
    'text/plain; x',
    'a b/c',
    'ä/b',
    `a/${'b'.repeat(255)}`,
  ])('may not be %j', (type) => {
    expect(() => checkContentType(type, [])).toThrow(expect.objectContaining({ code: 'INVALID_CONTENT_TYPE' }));
  });

  it.each([
    ['a/plot.PNG', 'image/png'],
    ['log.txt', 'text/plain; charset=utf-8'],
    ['weights.npy', 'application/octet-stream'],
    ['png', 'application/octet-stream'],
    ['x.constructor', 'application/octet-stream'],
    ['a.json/b', 'application/octet-stream'],
  ])('of %s is %s when nobody says it', (path, type) => {
    expect(contentTypeOfPath(path)).toBe(type);
  });
});
