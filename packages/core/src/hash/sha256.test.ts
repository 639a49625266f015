import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('sha256', () => {
  // The examples of NIST for FIPS 180-4, and the empty message.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    [
      'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
      'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of %.20s… is what FIPS 180-4 says', (text, expected) => {
    expect(sha256(bytesOf(text))).toBe(expected);
  });

  it('is the platform’s, at every length about a block and from the middle of a buffer', async () => {
    const buffer = Uint8Array.from({ length: 300 }, (_, i) => (i * 89) % 256);
    for (let length = 0; length <= 200; length++) {
      const bytes = buffer.subarray(37, 37 + length);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      expect(sha256(bytes)).toBe(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
    }
  });
});
