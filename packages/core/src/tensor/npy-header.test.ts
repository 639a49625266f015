import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SummaError } from '../summa-error.ts';
import { type DType, itemSize } from './dtype.ts';
import { formatNpyHeader, npyDataOffset, parseNpyHeader } from './npy-header.ts';

const DTYPES: readonly DType[] = [
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float16',
  'float32',
  'float64',
];

/** A file of the given version whose header is `text`, followed by `dataSize` zeros. */
function npyFile(text: string, { version = 1, dataSize = 0, lengthClaimed = text.length } = {}): Uint8Array {
  const prelude = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(prelude + text.length + dataSize);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, lengthClaimed, true);
  else view.setUint32(8, lengthClaimed, true);
  for (let i = 0; i < text.length; i++) bytes[prelude + i] = text.charCodeAt(i);
  return bytes;
}

function header(descr: string, { order = 'False', shape = '(2, 3)' } = {}): string {
  return `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
}

function parse(bytes: Uint8Array) {
  return parseNpyHeader(bytes, bytes.length);
}

function failure(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof SummaError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('parseNpyHeader', () => {
  it('reads what numpy writes', () => {
    // numpy 2.4.6: np.save(f, np.zeros((2, 3), '<f4', order='F')), the first 128 bytes of the file.
    const text = `${"{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }".padEnd(117)}\n`;
    expect(parse(npyFile(text, { dataSize: 24 }))).toEqual({
      dtype: 'float32',
      littleEndian: true,
      fortranOrder: true,
      shape: [2, 3],
      count: 6,
      dataOffset: 128,
    });
  });

  it.each([
    ['|b1', 'bool', true, 1],
    ['<b1', 'bool', true, 1],
    ['|u1', 'uint8', true, 1],
    ['|i1', 'int8', true, 1],
    ['>i8', 'int64', false, 8],
    ['<u2', 'uint16', true, 2],
    ['=f8', 'float64', true, 8],
    ['>f2', 'float16', false, 2],
  ])('reads descr %s as %s', (descr, dtype, littleEndian, size) => {
    const file = npyFile(header(`'${descr}'`), { dataSize: 6 * size });
    expect(parse(file)).toMatchObject({ dtype, littleEndian, fortranOrder: false, count: 6 });
  });

  it.each([
    ['()', [], 1],
    ['(5,)', [5], 5],
    ['(0, 7)', [0, 7], 0],
    ['( 2 ,3 , )', [2, 3], 6],
    ['(2L, 3L)', [2, 3], 6],
  ])('reads the shape %s', (shape, expected, count) => {
    expect(parse(npyFile(header("'|i1'", { shape }), { dataSize: count }))).toMatchObject({ shape: expected, count });
  });

  it.each([1, 2, 3])('reads version %i.0', (version) => {
    expect(parse(npyFile(header("'|i1'"), { version, dataSize: 6 }))).toMatchObject({ dtype: 'int8', shape: [2, 3] });
  });

  it('reads a header with double quotes and its keys in any order', () => {
    const text = '{"shape": (1,), "fortran_order": False, "descr": "<f8"}';
    expect(parse(npyFile(text, { dataSize: 8 }))).toMatchObject({ dtype: 'float64', shape: [1] });
  });

  it.each(["'<c8'", "'<c16'", "'|O'", "'<M8[ns]'", "'<U4'", "'|V2'", "'<f16'", "[('a', '<f4')]", "'<i3'"])(
    'refuses values of %s as UNSUPPORTED_DTYPE',
    (descr) => {
      expect(failure(() => parse(npyFile(header(descr), { dataSize: 96 }))).code).toBe('UNSUPPORTED_DTYPE');
    },
  );

  it.each([
    ['one byte too few', npyFile(header("'|i1'"), { dataSize: 5 }), /claims 6 values of int8, 6 bytes, but 5 bytes/],
    ['one byte too many', npyFile(header("'|i1'"), { dataSize: 7 }), /but 7 bytes follow/],
    ['another magic', Uint8Array.from([1, ...npyFile(header("'|i1'")).slice(1)]), /does not begin with/],
    ['version 4.0', npyFile(header("'|i1'"), { version: 4 }), /version is 4\.0/],
    ['a header of 4 GiB', npyFile(header("'|i1'"), { version: 2, lengthClaimed: 0xffffffff }), /more than 1 MiB/],
    ['a header longer than the file', npyFile(header("'|i1'"), { lengthClaimed: 9999 }), /ends inside its header/],
    ['a file of 3 bytes', new Uint8Array(3), /only 3 bytes/],
    ['a huge shape', npyFile(header("'<f8'", { shape: '(9007199254740991,)' })), /claims 9007199254740991 values/],
    [
      'an overflowing shape',
      npyFile(header("'<f8'", { shape: '(4294967296, 4294967296)' })),
      /more than 2\^53-1 values/,
    ],
    ['a negative length', npyFile(header("'<f8'", { shape: '(-1,)' })), /axis 0 of the shape has the length -1/],
    ['33 axes', npyFile(header("'|i1'", { shape: `(${'1, '.repeat(33)})` }), { dataSize: 1 }), /33 axes/],
    ['a shape that is a number', npyFile(header("'|i1'", { shape: '(6)' }), { dataSize: 6 }), /shape is no tuple/],
    ['a shape of text', npyFile(header("'|i1'", { shape: "('6',)" }), { dataSize: 6 }), /else than whole numbers/],
    ['a shape of fractions', npyFile(header("'|i1'", { shape: '(6.0,)' }), { dataSize: 6 }), /cannot be read/],
    ['an order that is no bool', npyFile(header("'|i1'", { order: '0' }), { dataSize: 6 }), /neither True nor False/],
    ['no byte order', npyFile(header("'|f4'"), { dataSize: 24 }), /gives no byte order/],
    ['no descr', npyFile("{'fortran_order': False, 'shape': ()}"), /exactly the keys/],
    ['a fourth key', npyFile("{'descr': '|i1', 'fortran_order': False, 'shape': (), 'x': 1}"), /exactly the keys/],
    ['a key twice', npyFile("{'descr': '|i1', 'descr': '|i1', 'shape': ()}"), /given twice/],
    ['code', npyFile("__import__('os').system('true')"), /cannot be read/],
    ['text after the dict', npyFile(`${header("'|i1'")} x`), /found "x"/],
    ['deep nesting', npyFile('['.repeat(100_000), { version: 2 }), /deeper than 16/],
    ['bytes that are not UTF-8', npyFile(header("'\xff'"), { version: 3 }), /not UTF-8/],
  ])('refuses %s as CORRUPT_DATA', (_what, file, message) => {
    expect(failure(() => parse(file))).toMatchObject({ code: 'CORRUPT_DATA', message: expect.stringMatching(message) });
  });

  it('reads back what formatNpyHeader writes, for every dtype and shape', () => {
    const shapes = fc.array(fc.nat(7), { maxLength: 5 });
    const roundTrip = fc.property(fc.constantFrom(...DTYPES), shapes, (dtype, shape) => {
      const written = formatNpyHeader(dtype, shape);
      const count = shape.reduce((product, length) => product * length, 1);
      expect(written.length % 64).toBe(0);
      expect(npyDataOffset(written)).toBe(written.length);
      expect(parseNpyHeader(written, written.length + count * itemSize(dtype))).toEqual({
        dtype,
        littleEndian: true,
        fortranOrder: false,
        shape,
        count,
        dataOffset: written.length,
      });
    });
    fc.assert(roundTrip);
  });

  it('gives a named error or a header that fits the file for a thousand damaged files', () => {
    const whole = npyFile(`${header("'<f4'", { shape: '(16, 8)' }).padEnd(117)}\n`, { dataSize: 512 });
    const headerBit = fc.nat(128 * 8 - 1);
    const damage = fc.record({ flips: fc.array(headerBit, { maxLength: 4 }), cutAt: fc.option(fc.nat(whole.length)) });
    const named = fc.property(damage, ({ flips, cutAt }) => {
      const bytes = whole.slice(0, cutAt ?? whole.length);
      for (const bit of flips) bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        const { count, dtype, dataOffset } = parse(bytes);
        expect(dataOffset + count * itemSize(dtype)).toBe(bytes.length);
      } catch (error) {
        expect(['CORRUPT_DATA', 'UNSUPPORTED_DTYPE']).toContain(error instanceof SummaError ? error.code : error);
      }
    });
    fc.assert(named, { numRuns: 1000 });
  });
});

describe('formatNpyHeader', () => {
  it('writes byte for byte what numpy.save writes before the values', () => {
    // numpy 2.4.6: np.save(f, np.zeros((2, 3), '<f4')).
    const text = `${"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117)}\n`;
    expect(formatNpyHeader('float32', [2, 3])).toEqual(npyFile(text));
  });
});
