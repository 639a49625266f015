import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, Utf8Room, utf8Length } from './utf8.ts';

describe('UTF-8', () => {
  it('gives back any well-formed text, a leading byte order mark too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => decodeUtf8(encodeUtf8(text)) === text));
    expect(decodeUtf8(encodeUtf8('\ufeffa'))).toBe('\ufeffa');
  });

  it('counts the bytes that encoding gives, for lone surrogates too', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(unit).map((units) => units.join('')),
    );
    fc.assert(fc.property(texts, (text) => utf8Length(text) === encodeUtf8(text).length));
  });

  it('gives the same bytes in a room, whatever was there before', () => {
    const room = new Utf8Room();
    for (const text of [
      'long and plain',
      'ä',
      '',
      '精度精度精度精度精度精度精度精度精度精度精度',
      '🙂',
      'half \ud800',
      'plain',
    ]) {
      expect(room.encode(text)).toEqual(encodeUtf8(text));
    }
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => decodeUtf8(Uint8Array.of(0xc3, 0x28))).toThrow(TypeError);
  });
});
