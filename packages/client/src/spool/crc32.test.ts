import zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32, tableCrc32 } from './crc32.ts';

it('is the check value of the standard', () => {
  for (const compute of [crc32, tableCrc32]) expect(compute(Buffer.from('123456789'))).toBe(0xcbf43926);
});

it('is zlib’s, of bytes in any two parts', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      expect(tableCrc32(b, tableCrc32(a))).toBe(zlib.crc32(Buffer.concat([a, b])));
    }),
  );
});
