import { describe, expect, it } from 'vitest';
import { xxhash32, xxhash32Range } from './xxhash32.ts';

const PRIME32 = 2654435761n;
const PRIME64 = 11400714785074694797n;

/** The buffer of xxHash's own sanity test (cli/xsum_sanity_check.c). */
function sanityBuffer(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let generator = PRIME32;
  for (let i = 0; i < length; i++) {
    bytes[i] = Number(generator >> 56n);
    generator = BigInt.asUintN(64, generator * PRIME64);
  }
  return bytes;
}

describe('xxhash32', () => {
  it.each([
    [0, 0, 0x02cc5d05],
    [0, Number(PRIME32), 0x36b78ae7],
    [1, 0, 0xcf65b03e],
    [1, Number(PRIME32), 0xb4545aa4],
    [14, 0, 0x1208e7e2],
    [14, Number(PRIME32), 0x6af1d1fe],
    [222, 0, 0x5bd11dbd],
    [222, Number(PRIME32), 0x58803c5f],
  ])('agrees with the published vector of %i bytes, seed %i', (length, seed, hash) => {
    expect(xxhash32(sanityBuffer(length), seed)).toBe(hash);
  });

  it('agrees with the published vectors of text', () => {
    const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
    expect(xxhash32(ascii('abc'))).toBe(0x32d153ff);
    expect(xxhash32(ascii('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
  });

  it('hashes a range as if it were cut out', () => {
    const bytes = sanityBuffer(222);
    const padded = new Uint8Array(300);
    padded.set(bytes, 33);
    expect(xxhash32Range(new DataView(padded.buffer), { start: 33, end: 255 })).toBe(0x5bd11dbd);
    expect(xxhash32(padded.subarray(33, 255))).toBe(0x5bd11dbd);
  });
});
