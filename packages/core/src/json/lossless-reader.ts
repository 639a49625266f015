import { SummaError } from '../summa-error.ts';
import { MAX_BIGINT_DIGITS, MAX_JSON_DEPTH } from './json-limits.ts';
import type { JsonValue } from './json-value.ts';
import { setOwn } from './own-property.ts';

/** Reads one JSON text by the rules of `parseJson`, which is the door to use: it takes the fast way where it can. */
export function readLosslessJson(text: string): JsonValue {
  const reader = new LosslessReader(text);
  const value = reader.readValue(0);
  reader.expectEnd();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const TOKENS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

class LosslessReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(depth: number): JsonValue {
    this.#skipSpace();
    const first = this.#text[this.#at];
    if (first === '{') return this.#readObject(this.#enter(depth));
    if (first === '[') return this.#readList(this.#enter(depth));
    if (first === '"') return this.#readString();
    for (const [word, value] of TOKENS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#readNumber();
  }

  expectEnd(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('unexpected text after the value');
  }

  #readObject(depth: number): JsonValue {
    const object: Record<string, JsonValue> = {};
    if (this.#closes('}')) return object;
    do {
      this.#skipSpace();
      if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes');
      const key = this.#readString();
      this.#skipSpace();
      if (!this.#take(':')) this.#fail('expected ":" after the key');
      setOwn(object, key, this.readValue(depth));
    } while (this.#continues('}'));
    return object;
  }

  #readList(depth: number): JsonValue {
    const list: JsonValue[] = [];
    if (this.#closes(']')) return list;
    do list.push(this.readValue(depth));
    while (this.#continues(']'));
    return list;
  }

  #readString(): string {
    const end = this.#closingQuote();
    try {
      const text: string = JSON.parse(this.#text.slice(this.#at, end + 1));
      this.#at = end + 1;
      return text;
    } catch {
      return this.#fail('string holds a bad escape or a control character');
    }
  }

  #closingQuote(): number {
    let quote = this.#text.indexOf('"', this.#at + 1);
    while (quote !== -1 && this.#backslashesBefore(quote) % 2 === 1) quote = this.#text.indexOf('"', quote + 1);
    return quote === -1 ? this.#fail('string has no closing quote') : quote;
  }

  #backslashesBefore(at: number): number {
    let first = at;
    while (this.#text[first - 1] === '\\') first -= 1;
    return at - first;
  }

  #readNumber(): number | bigint {
    const start = this.#at;
    const match = this.#match(NUMBER) ?? this.#fail('expected a value');
    const number = Number(match[0]);
    if (match[1] !== undefined || match[2] !== undefined || Number.isSafeInteger(number)) return number;
    if (match[0].length > MAX_BIGINT_DIGITS) {
      this.#at = start;
      this.#fail(`whole number has more than ${MAX_BIGINT_DIGITS} digits`);
    }
    return BigInt(match[0]);
  }

  #enter(depth: number): number {
    if (depth >= MAX_JSON_DEPTH) {
      throw new SummaError('NESTING_TOO_DEEP', `JSON is nested deeper than ${MAX_JSON_DEPTH} levels; flatten it`);
    }
    this.#at += 1;
    return depth + 1;
  }

  #closes(bracket: string): boolean {
    this.#skipSpace();
    return this.#take(bracket);
  }

  #continues(bracket: string): boolean {
    this.#skipSpace();
    if (this.#take(',')) return true;
    if (this.#take(bracket)) return false;
    return this.#fail(`expected "," or "${bracket}"`);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #fail(reason: string): never {
    throw new SummaError('INVALID_JSON', `not valid JSON at position ${this.#at}: ${reason}`);
  }
}
