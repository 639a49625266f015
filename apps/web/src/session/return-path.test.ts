import { expect, it } from 'vitest';
import { returnPath } from './return-path.ts';

it.each([
  ['/ada/digits?x=1#y', '/ada/digits?x=1#y'],
  ['/', '/'],
  ['/sign-in?return=/x', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/\t/evil.example', '/'],
  [undefined, '/'],
  [42, '/'],
])('after %s one is led to %s', (wanted, path) => expect(returnPath(wanted)).toBe(path));
