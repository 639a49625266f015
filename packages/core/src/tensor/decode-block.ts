import type { DType, ValueLayout } from './dtype.ts';
import { decodeFloat16 } from './float16.ts';
import { floatFlip, SIGN } from './ordered-key.ts';
import type { ValueBlock } from './value-block.ts';

/** Whole values in bytes; no more than a block holds. */
export interface ByteRun {
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}

/** Fills a block with the values of a run of bytes, counting apart those that are not finite. */
export type BlockDecoder = (run: ByteRun, block: ValueBlock) => void;

/** The decoder of a layout. Each dtype has a loop of its own, for this is done for every value of every pass. */
export function blockDecoder({ dtype, littleEndian }: ValueLayout): BlockDecoder {
  return DECODERS[dtype](littleEndian);
}

const DECODERS: Readonly<Record<DType, (littleEndian: boolean) => BlockDecoder>> = {
  bool: () => decodeSmall(1, 0, (view, at) => (view.getUint8(at) === 0 ? 0 : 1)),
  int8: () => decodeSmall(1, SIGN, (view, at) => view.getInt8(at)),
  uint8: () => decodeSmall(1, 0, (view, at) => view.getUint8(at)),
  int16: (little) => decodeSmall(2, SIGN, (view, at) => view.getInt16(at, little)),
  uint16: (little) => decodeSmall(2, 0, (view, at) => view.getUint16(at, little)),
  int32: (little) => decodeSmall(4, SIGN, (view, at) => view.getInt32(at, little)),
  uint32: (little) => decodeSmall(4, 0, (view, at) => view.getUint32(at, little)),
  int64: (little) => decodeInt64(little, SIGN),
  uint64: (little) => decodeInt64(little, 0),
  float16: decodeFloat16s,
  float32: decodeFloat32s,
  float64: decodeFloat64s,
};

/** The decoder of whole numbers of 1, 2 or 4 bytes; `sign` is what their keys are xored with. */
function decodeSmall(size: number, sign: number, read: (view: DataView, at: number) => number): BlockDecoder {
  const shift = 32 - 8 * size;
  return ({ view, start, end }, block) => {
    const { values, keys } = block;
    let n = 0;
    for (let at = start; at < end; at += size) {
      const value = read(view, at);
      values[n] = value;
      keys[n] = (value << shift) ^ sign;
      n += 1;
    }
    block.length = n;
  };
}

function decodeInt64(littleEndian: boolean, sign: number): BlockDecoder {
  const highAt = littleEndian ? 4 : 0;
  return ({ view, start, end }, block) => {
    const { values, keys, lows, highs } = block;
    let n = 0;
    for (let at = start; at < end; at += 8) {
      const high = view.getUint32(at + highAt, littleEndian);
      const low = view.getUint32(at + 4 - highAt, littleEndian);
      const rounded = (sign === 0 ? high : high | 0) * 2 ** 32;
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
  return ({ view, start, end }, block) => {
    const { values, keys } = block;
    let n = 0;
    for (let at = start; at < end; at += 2) {
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
  return ({ view, start, end }, block) => {
    const { values, keys } = block;
    let n = 0;
    for (let at = start; at < end; at += 4) {
      const value = view.getFloat32(at, littleEndian);
      if (value - value !== 0) {
        block.countNonFinite(value);
        continue;
      }
      const high = view.getUint32(at, littleEndian);
      values[n] = value;
      keys[n] = high ^ floatFlip(high);
      n += 1;
    }
    block.length = n;
  };
}

function decodeFloat64s(littleEndian: boolean): BlockDecoder {
  const highAt = littleEndian ? 4 : 0;
  return ({ view, start, end }, block) => {
    const { values, keys, lows } = block;
    let n = 0;
    for (let at = start; at < end; at += 8) {
      const value = view.getFloat64(at, littleEndian);
      if (value - value !== 0) {
        block.countNonFinite(value);
        continue;
      }
      const high = view.getUint32(at + highAt, littleEndian);
      values[n] = value;
      keys[n] = high ^ floatFlip(high);
      lows[n] = view.getUint32(at + 4 - highAt, littleEndian) ^ (high >> 31);
      n += 1;
    }
    block.length = n;
  };
}
