const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;
const OPENING = 0x7b;
const CLOSING = 0x7d;
const FIRST_PRINTABLE = 0x20;
/** A whole number of so few digits is within ±(2^53-1). */
const SAFE_DIGITS = 15;

/**
 * The names and numbers of one JSON object, read without making an object of them.
 *
 * Where every object writes its keys in another order, `JSON.parse` makes a new hidden class for each, which takes longer than all the
 * rest. Made for many texts with the same names: what is read is good until the next `read`.
 */
export class FlatNumbers<Place> {
  /** In the order written; a place may stand there twice, the later number being the one that counts. Only the first `count` are good. */
  readonly places: Place[] = [];
  readonly numbers: number[] = [];
  count = 0;
  /** By the names that may stand between quotes as they are. */
  readonly #placeOf = new Map<string, Place>();
  readonly #placeFor: (name: string) => Place;

  /** `placeFor` says once for each name what stands for it in `places`. */
  constructor(placeFor: (name: string) => Place) {
    this.#placeFor = placeFor;
  }

  /**
   * Reads `{"name":number,…}` as it is written without spaces, `NaN` and `Infinity` too. False for every other text, be it JSON or not:
   * `parseJson` has to read that.
   */
  read(text: string): boolean {
    this.count = 0;
    if (text.charCodeAt(0) !== OPENING) return false;
    for (let at = 1; text.charCodeAt(at) === QUOTE; at += 1) {
      const quote = text.indexOf('"', at + 1);
      const place = quote === -1 ? undefined : this.#place(text.slice(at + 1, quote));
      if (place === undefined || text.charCodeAt(quote + 1) !== COLON) return false;
      at = this.#readNumber(place, text, quote + 2);
      const next = text.charCodeAt(at);
      if (next === CLOSING) return at === text.length - 1;
      if (next !== COMMA) return false;
    }
    return false;
  }

  /** @returns where the number ends, or a place where nothing stands when there is none. */
  #readNumber(place: Place, text: string, at: number): number {
    const end = numberEnd(text, at);
    const token = end === -1 ? tokenAt(text, at) : text.slice(at, end);
    if (token === undefined) return text.length;
    this.places[this.count] = place;
    this.numbers[this.count] = Number(token);
    this.count += 1;
    return at + token.length;
  }

  #place(name: string): Place | undefined {
    const known = this.#placeOf.get(name);
    if (known !== undefined || !isPlain(name)) return known;
    // A text of its own: a part of a line would keep the whole line in memory for as long as somebody remembers the name.
    const own: string = JSON.parse(`"${name}"`);
    const place = this.#placeFor(own);
    this.#placeOf.set(own, place);
    return place;
  }
}

function isPlain(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code === BACKSLASH || code < FIRST_PRINTABLE) return false;
  }
  return true;
}

/** The number that JSON lacks and that stands here. */
function tokenAt(text: string, at: number): string | undefined {
  return ['NaN', 'Infinity', '-Infinity'].find((token) => text.startsWith(token, at));
}

/** Where the JSON number ends that begins here; -1 when there is none, or one that a float64 may not hold exactly. */
function numberEnd(text: string, start: number): number {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  const whole = digitsEnd(text, first);
  if (whole === first || (text.charCodeAt(first) === ZERO && whole > first + 1)) return -1;
  let end = whole;
  if (text.charCodeAt(end) === POINT) {
    const fraction = digitsEnd(text, end + 1);
    if (fraction === end + 1) return -1;
    end = fraction;
  }
  const mark = text.charCodeAt(end);
  if (mark === LOWER_E || mark === UPPER_E) {
    const sign = text.charCodeAt(end + 1);
    const exponent = sign === PLUS || sign === MINUS ? end + 2 : end + 1;
    end = digitsEnd(text, exponent);
    if (end === exponent) return -1;
  }
  return end === whole && whole - first > SAFE_DIGITS ? -1 : end;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE; code = text.charCodeAt(end)) end += 1;
  return end;
}
