import { xxhash32 } from '../../hash/xxhash32.ts';

/** Gives a changed body the checksum that is right for it, in place. */
export function reseal(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - 4;
  new DataView(bytes.buffer).setUint32(end, xxhash32(bytes.subarray(0, end)), true);
  return bytes;
}
