import type { ByteCursor } from './byte-cursor.ts';
import { NameScanner } from './name-scanner.ts';
import { NumberScanner } from './number-scanner.ts';
import { encodeUtf8 } from './utf8.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING = 0x7b;
const CLOSING = 0x7d;
/** The numbers that JSON lacks. */
const TOKENS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((number) => ({
  number,
  word: encodeUtf8(String(number)),
}));

/**
 * The names and numbers of one JSON object, read out of its bytes without making an object of them.
 *
 * Where every object writes its keys in another order, `JSON.parse` makes a new hidden class for each, which takes longer than all the
 * rest. Made for many objects with the same names: what is read is good until the next `read`.
 */
export class FlatNumbers<Place> {
  /** In the order written; a name may stand there twice, the later number being the one that counts. Only the first `count` are good. */
  readonly places: Place[] = [];
  readonly numbers: number[] = [];
  count = 0;
  readonly #nameScanner: NameScanner<Place>;
  readonly #numberScanner = new NumberScanner();

  /** `placeFor` says for a name what stands for it in `places`; it may be asked again. */
  constructor(placeFor: (name: string) => Place) {
    this.#nameScanner = new NameScanner(placeFor);
  }

  /**
   * Reads and takes the object at the cursor, of numbers as `parseJson` knows them, `NaN` and `Infinity` too. False where something
   * else stands, a whole number beyond ±(2^53-1) or a name with an escape among them: that is for `parseJson`.
   *
   * @throws TypeError when a name is no UTF-8
   */
  read(cursor: ByteCursor): boolean {
    this.count = 0;
    if (!cursor.take(OPENING)) return false;
    if (cursor.take(CLOSING)) return true;
    do {
      if (!this.#readMember(cursor)) return false;
    } while (cursor.take(COMMA));
    return cursor.take(CLOSING);
  }

  #readMember(cursor: ByteCursor): boolean {
    cursor.skipSpace();
    const place = this.#nameScanner.read(cursor, this.count);
    if (place === null || !cursor.take(COLON)) return false;
    cursor.skipSpace();
    const number = this.#readNumber(cursor);
    if (number === undefined) return false;
    this.places[this.count] = place;
    this.numbers[this.count] = number;
    this.count += 1;
    return true;
  }

  #readNumber(cursor: ByteCursor): number | undefined {
    const number = this.#numberScanner.read(cursor);
    return Number.isNaN(number) ? TOKENS.find(({ word }) => cursor.takeWord(word))?.number : number;
  }
}
