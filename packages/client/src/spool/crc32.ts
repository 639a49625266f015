import zlib from 'node:zlib';

/** Not every runtime that has `node:zlib` has this of it. */
const { crc32: native } = zlib as Partial<Pick<typeof zlib, 'crc32'>>;

/** CRC-32 (as in gzip and PNG) of bytes that follow those whose checksum is `seed`. */
export const crc32: (bytes: Uint8Array, seed?: number) => number = native ?? tableCrc32;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The same, a byte at a time. */
export function tableCrc32(bytes: Uint8Array, seed = 0): number {
  let rest = ~seed;
  for (const byte of bytes) rest = (table[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}
