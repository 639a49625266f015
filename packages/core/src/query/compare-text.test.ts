import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../json/utf8.ts';
import { compareText } from './compare-text.ts';

describe('compareText', () => {
  it('puts characters beyond U+FFFF after all others', () => {
    expect(['\u{1f600}', '\uff5e', '\ue000', 'é', 'z', 'Z', ''].sort(compareText)).toEqual([
      '',
      'Z',
      'z',
      'é',
      '\ue000',
      '\uff5e',
      '\u{1f600}',
    ]);
  });

  it('orders as the bytes of UTF-8', () => {
    const codePoint = fc.constantFrom(0x41, 0x61, 0xe9, 0xd7ff, 0xe000, 0xff5e, 0xffff, 0x10000, 0x1f600, 0x10ffff);
    const text = fc.array(codePoint, { maxLength: 4 }).map((points) => String.fromCodePoint(...points));
    const bytewise = fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(compareBytes(encodeUtf8(a), encodeUtf8(b)));
    });
    fc.assert(bytewise, { numRuns: 1000 });
  });
});

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? Math.sign(a.length - b.length) : Math.sign((a[at] ?? 0) - (b[at] ?? -1));
}
