import { describe, expect, it } from 'vitest';
import { isPagePath } from './web-path.ts';

describe('isPagePath', () => {
  it.each(['/', '/sign-in', '/settings', '/ada', '/ada/', '/ada/digits', '/ada/digits/runs/a%2Fb/charts'])(
    'takes %s for a page',
    (path) => expect(isPagePath(path)).toBe(true),
  );

  it.each([
    '/graphql',
    '/graphql/more',
    '/wandb/ada/digits',
    '/api/session',
    '/files/abc',
    '/assets/index.js',
    '/metrics',
    '/.well-known/security.txt',
    '//evil.example',
    '/a//b',
    '/a/b/c/d/e/f/g',
    `/${'a'.repeat(513)}`,
  ])('leaves %s to the server', (path) => expect(isPagePath(path)).toBe(false));
});
