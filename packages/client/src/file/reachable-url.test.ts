import { expect, it } from 'vitest';
import { reachableUrl } from './reachable-url.ts';

it.each([
  ['http://localhost:4000/files/x.y', 'http://box:80/graphql', 'http://box/files/x.y'],
  ['http://127.0.0.1:4000/files/x.y', 'https://lab.example/summa/graphql', 'https://lab.example/summa/files/x.y'],
  ['http://[::1]:4000/files/x.y', 'http://10.0.0.7:4000/graphql', 'http://10.0.0.7:4000/files/x.y'],
  ['http://localhost:4000/files/x.y', 'http://127.0.0.1:4000/graphql', 'http://localhost:4000/files/x.y'],
  ['https://files.example/files/x.y', 'http://box/graphql', 'https://files.example/files/x.y'],
])('reaches %s through %s at %s', (signed, server, reached) => {
  expect(reachableUrl(signed, server)).toBe(reached);
});
