import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SummaError } from '../summa-error.ts';
import { formatNpyHeader, parseNpyHeader } from './npy-header.ts';
import { tensorStatistics } from './scan-bytes.ts';
import type { TensorStatistics } from './tensor-statistics.ts';

/** A whole file: 24 rows of 16 float32, 0.5 apart. */
function wholeFile(): Uint8Array {
  const values = new Uint8Array(Float32Array.from({ length: 384 }, (_, i) => i / 2).buffer);
  return Uint8Array.from([...formatNpyHeader('float32', [24, 16]), ...values]);
}

function read(file: Uint8Array): TensorStatistics {
  const { dtype, littleEndian, dataOffset } = parseNpyHeader(file, file.length);
  return tensorStatistics({ dtype, littleEndian, bytes: file.subarray(dataOffset) });
}

function readOrCode(file: Uint8Array): TensorStatistics | string {
  try {
    return read(file);
  } catch (error) {
    if (error instanceof SummaError) return error.code;
    throw error;
  }
}

function flip(file: Uint8Array, bits: readonly number[]): void {
  for (const bit of bits) file[bit >>> 3] = (file[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
}

const size = wholeFile().length;
const headerBits = 128 * 8;
const headerFlips = fc.array(fc.nat(headerBits - 1), { minLength: 1, maxLength: 6 });
const dataFlips = fc.array(fc.integer({ min: headerBits, max: size * 8 - 1 }), { minLength: 1, maxLength: 50 });

describe('a damaged .npy file', () => {
  it('is CORRUPT_DATA when it is cut anywhere', () => {
    for (let length = 0; length < size; length++)
      expect(readOrCode(wholeFile().subarray(0, length))).toBe('CORRUPT_DATA');
  });

  it('is a named error, or the statistics of as many bytes, when bits of its header are flipped', () => {
    const named = fc.property(headerFlips, (bits) => {
      const file = wholeFile();
      flip(file, bits);
      const found = readOrCode(file);
      if (typeof found === 'string') expect(['CORRUPT_DATA', 'UNSUPPORTED_DTYPE']).toContain(found);
      else expect([192, 384, 768, 1536]).toContain(found.size);
    });
    fc.assert(named, { numRuns: 1000 });
  });

  it('has statistics all the same when bits of its values are flipped', () => {
    const legal = fc.property(dataFlips, (bits) => {
      const file = wholeFile();
      flip(file, bits);
      const { size: count, nan, posInf, negInf, histogram, min, max, mean } = read(file);
      const finite = (histogram?.counts ?? []).reduce((sum, one) => sum + one, 0);
      expect([count, finite + nan + posInf + negInf]).toEqual([384, 384]);
      expect(Number(min) <= Number(mean) && Number(mean) <= Number(max)).toBe(true);
    });
    fc.assert(legal, { numRuns: 300 });
  });

  it('is CORRUPT_DATA, at once, when its shape claims what no memory holds', () => {
    const axis = fc.integer({ min: 2 ** 20, max: 2 ** 53 - 1 });
    const claims = fc.property(fc.array(axis, { minLength: 1, maxLength: 40 }), (shape) => {
      const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(1000);
      const file = new Uint8Array(10 + 1000 + 64);
      file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 1000 & 0xff, 1000 >>> 8]);
      file.set(
        Uint8Array.from(text, (character) => character.charCodeAt(0)),
        10,
      );
      expect(readOrCode(file)).toBe('CORRUPT_DATA');
    });
    fc.assert(claims, { numRuns: 300 });
  });
});
