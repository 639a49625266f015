import type { ByteCursor } from './byte-cursor.ts';
import { type Digits, decimal, HIGH_DIGITS, LOW_DIGITS, MAX_FRACTION } from './decimal.ts';

const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const UPPER_E = 0x45;
const LOWER_E = 0x65;
/** A whole number of more digits is beyond ±(2^53-1). */
const SAFE_DIGITS = 16;

/** Reads JSON numbers out of bytes, without making a text of each. */
export class NumberScanner {
  // The digits of the number that is being read, zeros before the first other digit left out.
  #high = 0;
  #low = 0;
  #count = 0;
  readonly #digits = { lowDigits: 0, fraction: 0 } satisfies Digits;

  /**
   * The JSON number at the cursor, as `JSON.parse` reads it, which is taken. There is none, and NaN is given, where no number stands as
   * JSON has it, and where a whole number is beyond ±(2^53-1).
   */
  read(cursor: ByteCursor): number {
    const { bytes, at } = cursor;
    this.#high = 0;
    this.#low = 0;
    this.#count = 0;
    this.#digits.lowDigits = 0;
    this.#digits.fraction = 0;
    const isNegative = bytes[at] === MINUS;
    const first = isNegative ? at + 1 : at;
    const whole = this.#readDigits(bytes, first);
    if (whole === first || (bytes[first] === ZERO && whole > first + 1)) return Number.NaN;
    let end = whole;
    if (bytes[whole] === POINT) {
      end = this.#readDigits(bytes, whole + 1);
      this.#digits.fraction = end - whole - 1;
      if (end === whole + 1) return Number.NaN;
    }
    if (bytes[end] === LOWER_E || bytes[end] === UPPER_E) return this.#readText(cursor, exponentEnd(bytes, end));
    if (end === whole && whole - first > SAFE_DIGITS) return Number.NaN;
    if (this.#count > HIGH_DIGITS + LOW_DIGITS || this.#digits.fraction > MAX_FRACTION)
      return this.#readText(cursor, end);
    const number = decimal(this.#high, this.#low, this.#digits);
    if (end === whole && !(number <= Number.MAX_SAFE_INTEGER)) return Number.NaN;
    if (Number.isNaN(number)) return this.#readText(cursor, end);
    cursor.at = end;
    return isNegative ? -number : number;
  }

  /** Adds the digits that stand here to those there are. Three plain loops, because they see every digit of every row. @returns where they end */
  #readDigits(bytes: Uint8Array, start: number): number {
    let at = start;
    let count = this.#count;
    if (count === 0) while (bytes[at] === ZERO) at += 1;
    let digit = (bytes[at] as number) - ZERO; // NaN beyond the end
    let high = this.#high;
    while (count < HIGH_DIGITS && digit >= 0 && digit <= 9) {
      high = high * 10 + digit;
      count += 1;
      digit = (bytes[++at] as number) - ZERO;
    }
    let low = this.#low;
    while (digit >= 0 && digit <= 9) {
      low = low * 10 + digit;
      count += 1;
      digit = (bytes[++at] as number) - ZERO;
    }
    this.#high = high;
    this.#low = low;
    this.#count = count;
    this.#digits.lowDigits = count > HIGH_DIGITS ? count - HIGH_DIGITS : 0;
    return at;
  }

  /** A number that needs more than its first digits. */
  #readText(cursor: ByteCursor, end: number): number {
    if (end === -1) return Number.NaN;
    let text = '';
    for (let i = cursor.at; i < end; i++) text += String.fromCharCode(cursor.bytes[i] as number); // end is within bounds
    cursor.at = end;
    return Number(text);
  }
}

/** Where the exponent ends whose mark stands at `mark`; -1 when it has no digit. */
function exponentEnd(bytes: Uint8Array, mark: number): number {
  const sign = bytes[mark + 1];
  const first = sign === PLUS || sign === MINUS ? mark + 2 : mark + 1;
  let end = first;
  while (isDigit(bytes[end])) end += 1;
  return end === first ? -1 : end;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}
