const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

/** The 32-bit xxHash of `bytes` as a whole number 0..2^32-1 (XXH32 of the xxHash specification 0.1.1). */
export function xxhash32(bytes: Uint8Array, seed = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return xxhash32Range(view, { start: 0, end: bytes.byteLength, seed });
}

/** A part of a view that is hashed: from byte `start` up to, not including, byte `end`. */
export interface HashRange {
  readonly start: number;
  readonly end: number;
  readonly seed?: number;
}

/** The 32-bit xxHash of a part of a view, without copying it; the range must lie inside the view. */
export function xxhash32Range(view: DataView, { start, end, seed = 0 }: HashRange): number {
  const length = end - start;
  const stripesEnd = start + (length & ~15);
  let hash = length >= 16 ? hashStripes(view, start, stripesEnd, seed | 0) : (seed + PRIME_5) | 0;
  hash = (hash + length) | 0;
  let at = length >= 16 ? stripesEnd : start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(rotateLeft((hash + Math.imul(view.getUint32(at, true), PRIME_3)) | 0, 17), PRIME_4);
  }
  for (; at < end; at++) hash = Math.imul(rotateLeft((hash + Math.imul(view.getUint8(at), PRIME_5)) | 0, 11), PRIME_1);
  return avalanche(hash);
}

function hashStripes(view: DataView, start: number, end: number, seed: number): number {
  let a = (seed + PRIME_1 + PRIME_2) | 0;
  let b = (seed + PRIME_2) | 0;
  let c = seed;
  let d = (seed - PRIME_1) | 0;
  for (let at = start; at < end; at += 16) {
    a = round(a, view.getUint32(at, true));
    b = round(b, view.getUint32(at + 4, true));
    c = round(c, view.getUint32(at + 8, true));
    d = round(d, view.getUint32(at + 12, true));
  }
  return (rotateLeft(a, 1) + rotateLeft(b, 7) + rotateLeft(c, 12) + rotateLeft(d, 18)) | 0;
}

function round(lane: number, word: number): number {
  return Math.imul(rotateLeft((lane + Math.imul(word, PRIME_2)) | 0, 13), PRIME_1);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function avalanche(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  mixed = Math.imul(mixed ^ (mixed >>> 13), PRIME_3);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
