import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCursor } from './byte-cursor.ts';
import { FlatNumbers } from './flat-numbers.ts';
import { isJsonObject } from './json-value.ts';
import { parseJson } from './parse-json.ts';
import { encodeUtf8 } from './utf8.ts';

const flat = new FlatNumbers((name) => ({ name }));

/** What is read of a text, of which nothing may be left; null when it is not an object of numbers. */
function read(text: string): [string, number][] | null {
  const cursor = new ByteCursor(encodeUtf8(text), 0);
  if (!flat.read(cursor) || cursor.at !== cursor.bytes.length) return null;
  return flat.places.slice(0, flat.count).map(({ name }, i) => [name, flat.numbers[i] as number]);
}

/** The object that a text holds, null when it is no JSON. */
function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

const anyName = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '/', '_', ' ', 'ä', '精', '🙂'), maxLength: 6 });
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true });
const anySpaces = fc.constantFrom('', '', ' ', '\n\t', '\r ');

describe('an object of numbers in bytes', () => {
  it('has the names and numbers that JSON.parse reads, in any order and with any spaces', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyName), fc.infiniteStream(fc.tuple(anyNumber, anySpaces)), (names, stream) => {
        const members = names.map((name) => {
          const [number, space] = stream.next().value;
          // A whole number of so many digits is read by others.
          const digits = Math.abs(number) > Number.MAX_SAFE_INTEGER ? number.toExponential() : JSON.stringify(number);
          return `${space}${JSON.stringify(name)}${space}:${space}${digits}${space}`;
        });
        const text = `{${members.join(',')}}`;
        const found = read(text);
        expect(found).toHaveLength(names.length);
        expect(Object.fromEntries(found ?? [])).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is read as parseJson reads it, or not at all, whatever stands there', () => {
    const anyText = fc.string({
      unit: fc.constantFrom(
        '{',
        '}',
        '"',
        '"a":',
        ':',
        ',',
        'a',
        '1',
        '0',
        '.',
        '-',
        'e',
        '\\',
        ' ',
        'NaN',
        'Infinity',
      ),
      maxLength: 8,
    });
    fc.assert(
      fc.property(anyText, (inner) => {
        const text = `{"a":${inner}}`;
        const value = parsed(text);
        const found = read(text);
        if (found !== null) expect(Object.fromEntries(found)).toEqual(value);
        else expect(isJsonObject(value) && !text.includes('\\') && areNumbers(Object.values(value))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('may have a name twice, of which the last counts', () => {
    expect(read('{"a":1,"b":2,"a":3}')).toEqual([
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ]);
  });

  it('keeps names apart that have the same hash, and those that begin alike', () => {
    // 'Aa' and 'BB' are the best known collision of a hash with the factor 31.
    for (const text of [
      '{"Aa":1,"BB":2}',
      '{"BB":3,"Aa":4}',
      '{"AaBB":5,"BBAa":6,"AaAa":7,"BBBB":8}',
      '{"a":1,"aa":2}',
    ]) {
      expect(Object.fromEntries(read(text) ?? [])).toEqual(JSON.parse(text));
    }
  });

  it.each([
    ['a name with an escape', '{"\\u0061":1}'],
    ['a name with a control character', '{"a\u0001":1}'],
    ['a name that does not end', '{"a'],
    ['a whole number beyond 2^53', '{"a":9007199254740993}'],
    ['a text', '{"a":"1"}'],
    ['a list', '{"a":[1]}'],
    ['a comma too many', '{"a":1,}'],
    ['no end', '{"a":1'],
    ['no object', '[1]'],
    ['nothing', ''],
  ])('is left to others where there is %s', (_what, text) => expect(read(text)).toBeNull());
});

function areNumbers(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'number');
}
