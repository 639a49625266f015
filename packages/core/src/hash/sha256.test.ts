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

  // By Python's hashlib: the lengths where padding takes one block more.
  it.each([
    [1, '2795044ce0f83f718bc79c5f2add1e52521978df91ce9b7f82c9097191d33602'],
    [55, '5f4bf4235ac06e8103fe4af9153d412e07ca8473783786579cc20066c0481f0e'],
    [56, '7f4285d35624a679b2283a73f7140242240f68bed435f657b340d64a4071f712'],
    [63, 'b5669cd98c5cc5bb74b30725acdf6d521de173a2775bb5246ddc7f57b03150fc'],
    [64, 'fc1dc8ce9212f58f6672487b5cf9eea79056385bee6c9f095c8bc1f97c80bd13'],
    [65, '28e8d6111b45d670e3d7ecfc43dc8ce6f1ee54e814ff505d50606acf408e6a02'],
    [119, '810c42f23242b2c7977d404af69804ff6e8615a425dc052fab51ae96ae45aeae'],
    [120, '716374ad38e2477780d8171f02725302136a3a5a1685673bd27eef56fa91aed0'],
    [128, 'e44bd5a0211f45e0a2ab33930b0e5bf5c315bee2384029c1ab14447cfab3a3f9'],
    [200, 'c596d9c01adde72a62d1da193c05cdd66123a8073acea8e5653ca176482badb4'],
  ])('of %i bytes from the middle of a buffer is what hashlib says', (length, expected) => {
    const buffer = Uint8Array.from({ length: 300 }, (_, i) => (i * 89) % 256);
    expect(sha256(buffer.subarray(37, 37 + length))).toBe(expected);
  });
});
