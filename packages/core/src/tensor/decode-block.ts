import type { DType, ValueLayout } from './dtype.ts';
import { decodeFloat16 } from './float16.ts';
import { floatFlip, SIGN } from './ordered-key.ts';
import type { ValueBlock } from './value-block.ts';

/** Fills a block with the values of the first bytes of a view, counting apart those that are not finite. */
export type BlockDecoder = (view: DataView, byteLength: number, block: ValueBlock) => void;

/** The decoder of a layout. Each dtype has a loop of its own, for this is done for every value of every pass. */
export function blockDecoder({ dtype, littleEndian }: ValueLayout): BlockDecoder {
  return DECODERS[dtype](littleEndian);
}

const DECODERS: Readonly<Record<DType, (littleEndian: boolean) => BlockDecoder>> = {
  bool: () => decodeBools,
  int8: (little) => decodeSmall(1, SIGN, little),
  uint8: (little) => decodeSmall(1, 0, little),
  int16: (little) => decodeSmall(2, SIGN, little),
  uint16: (little) => decodeSmall(2, 0, little),
  int32: (little) => decodeSmall(4, SIGN, little),
  uint32: (little) => decodeSmall(4, 0, little),
  int64: (little) => decodeInt64(little, SIGN),
  uint64: (little) => decodeInt64(little, 0),
  float16: decodeFloat16s,
  float32: decodeFloat32s,
  float64: decodeFloat64s,
};

function decodeBools(view: DataView, byteLength: number, block: ValueBlock): void {
  const { values, keys } = block;
  for (let at = 0; at < byteLength; at++) {
    const value = Math.min(1, view.getUint8(at));
    values[at] = value;
    keys[at] = value << 24;
  }
  block.length = byteLength;
}

/** The decoder of whole numbers of 1, 2 or 4 bytes; `sign` is what their keys are xored with, 0 for unsigned ones. */
function decodeSmall(size: 1 | 2 | 4, sign: number, littleEndian: boolean): BlockDecoder {
  const shift = 32 - 8 * size;
  return (view, byteLength, block) => {
    const { values, keys } = block;
    let n = 0;
    for (let at = 0; at < byteLength; at += size) {
      const bits = readBits(view, at, { size, littleEndian }) << shift;
      values[n] = sign === 0 ? bits >>> shift : bits >> shift;
      keys[n] = bits ^ sign;
      n += 1;
    }
    block.length = n;
  };
}

function readBits(view: DataView, at: number, { size, littleEndian }: { size: number; littleEndian: boolean }): number {
  if (size === 1) return view.getUint8(at);
  return size === 2 ? view.getUint16(at, littleEndian) : view.getInt32(at, littleEndian);
}

function decodeInt64(littleEndian: boolean, sign: number): BlockDecoder {
  const highAt = littleEndian ? 4 : 0;
  return (view, byteLength, block) => {
    const { values, keys, lows, highs } = block;
    let n = 0;
    for (let at = 0; at < byteLength; at += 8) {
      const high = view.getInt32(at + highAt, littleEndian);
      const low = view.getUint32(at + 4 - highAt, littleEndian);
      const rounded = (sign === 0 ? high >>> 0 : high) * 2 ** 32;
      values[n] = rounded + low;
      highs[n] = rounded;
      keys[n] = high ^ sign;
      lows[n] = low;
      n += 1;
    }
    block.length = n;
  };
}

function decodeFloat16s(littleEndian: boolean): BlockDecoder {
  return (view, byteLength, block) => {
    const { values, keys } = block;
    let n = 0;
    for (let at = 0; at < byteLength; at += 2) {
      const bits = view.getUint16(at, littleEndian);
      const value = decodeFloat16(bits);
      // Only of NaN and ±Infinity this difference is not 0.
      if (value - value !== 0) {
        block.countNonFinite(value);
        continue;
      }
      const high = bits << 16;
      values[n] = value;
      keys[n] = high ^ floatFlip(high);
      n += 1;
    }
    block.length = n;
  };
}

function decodeFloat32s(littleEndian: boolean): BlockDecoder {
  return (view, byteLength, block) => {
    const { values, keys } = block;
    let n = 0;
    for (let at = 0; at < byteLength; at += 4) {
      const value = view.getFloat32(at, littleEndian);
      if (value - value !== 0) {
        block.countNonFinite(value);
        continue;
      }
      const high = view.getInt32(at, littleEndian);
      values[n] = value;
      keys[n] = high ^ floatFlip(high);
      n += 1;
    }
    block.length = n;
  };
}

function decodeFloat64s(littleEndian: boolean): BlockDecoder {
  const highAt = littleEndian ? 4 : 0;
  return (view, byteLength, block) => {
    const { values, keys, lows } = block;
    let n = 0;
    for (let at = 0; at < byteLength; at += 8) {
      const value = view.getFloat64(at, littleEndian);
      if (value - value !== 0) {
        block.countNonFinite(value);
        continue;
      }
      const high = view.getInt32(at + highAt, littleEndian);
      values[n] = value;
      keys[n] = high ^ floatFlip(high);
      lows[n] = view.getInt32(at + 4 - highAt, littleEndian) ^ (high >> 31);
      n += 1;
    }
    block.length = n;
  };
}
