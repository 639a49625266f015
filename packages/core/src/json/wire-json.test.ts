import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from './wire-json.ts';

describe('wire JSON', () => {
  it('reads the three strings as numbers, however deep', () => {
    expect(fromWire({ a: ['NaN', { b: '-Infinity' }], c: 'Infinity', d: 'nan' })).toEqual({
      a: [Number.NaN, { b: Number.NEGATIVE_INFINITY }],
      c: Number.POSITIVE_INFINITY,
      d: 'nan',
    });
  });

  it('writes what it reads', () => {
    const wire = { a: ['NaN', { b: '-Infinity' }], c: 'Infinity', d: [1, null, true, 'x', 2n ** 60n] };
    expect(toWire(fromWire(wire))).toEqual(wire);
  });

  it('gives the same object back when nothing changes', () => {
    const plain = { a: [1, { b: 'x' }], c: 2n ** 60n, d: null };
    expect(fromWire(plain)).toBe(plain);
    expect(toWire(plain)).toBe(plain);
    const list = [[1], ['NaN']];
    expect((fromWire(list) as unknown[])[0]).toBe(list[0]);
  });

  it('does not change what it is given', () => {
    const given = { a: ['NaN'] };
    fromWire(given);
    expect(given).toEqual({ a: ['NaN'] });
  });

  it('takes a small bigint for a number', () => {
    expect(fromWire([2n ** 53n - 1n, 2n ** 53n])).toEqual([Number.MAX_SAFE_INTEGER, 2n ** 53n]);
  });

  it('leaves undefined out of objects, and takes it for null in lists, as JSON does', () => {
    expect(fromWire({ a: undefined, b: [undefined] })).toEqual({ b: [null] });
  });

  it('keeps __proto__ as an ordinary key', () => {
    const read = fromWire(JSON.parse('{"__proto__":"NaN"}'));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.entries(read ?? {})).toEqual([['__proto__', Number.NaN]]);
  });

  it.each([
    ['a Date', new Date()],
    ['a Map', new Map()],
    ['a Float32Array', new Float32Array(2)],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
  ])('refuses %s inside a value, with the path of the value', (kind, value) => {
    const refused = expect.objectContaining({
      code: 'INVALID_JSON',
      path: ['x'],
      message: expect.stringContaining(kind),
    });
    expect(() => fromWire({ a: [value] }, ['x'])).toThrow(refused);
  });

  it('refuses what is nested in itself', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => fromWire(loop)).toThrow(expect.objectContaining({ code: 'NESTING_TOO_DEEP' }));
  });
});
