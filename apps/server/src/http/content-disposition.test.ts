import { expect, it } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

it.each([
  ['plot.png', 'image/png', 'inline; filename="plot.png"'],
  ['log.txt', 'text/plain; charset=utf-8', 'inline; filename="log.txt"'],
  ['a.txt', 'TEXT/Plain', 'inline; filename="a.txt"'],
  ['clip.mp4', 'video/mp4', 'inline; filename="clip.mp4"'],
  ['page.html', 'text/html', 'attachment; filename="page.html"'],
  ['logo.svg', 'image/svg+xml', 'attachment; filename="logo.svg"'],
  ['paper.pdf', 'application/pdf', 'attachment; filename="paper.pdf"'],
  ['x.js', 'text/javascript', 'attachment; filename="x.js"'],
  ['x.xml', 'application/xhtml+xml', 'attachment; filename="x.xml"'],
  ['x.bin', 'application/octet-stream', 'attachment; filename="x.bin"'],
  ['x', 'image/png, text/html', 'attachment; filename="x"'],
  ['naïve €.txt', 'x/y', `attachment; filename="na_ve _.txt"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt`],
  ['a"b;c.txt', 'x/y', `attachment; filename="a_b;c.txt"; filename*=UTF-8''a%22b%3Bc.txt`],
  ["it's (1)*.txt", 'x/y', `attachment; filename="it's (1)*.txt"`],
  ["it's 100%", 'x/y', `attachment; filename="it's 100_"; filename*=UTF-8''it%27s%20100%25`],
  ['😀', 'x/y', `attachment; filename="_"; filename*=UTF-8''%F0%9F%98%80`],
])('shows %s as %s under %s', (name, contentType, header) => {
  expect(contentDisposition(name, contentType)).toBe(header);
});
