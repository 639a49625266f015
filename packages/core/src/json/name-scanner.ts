import type { ByteCursor } from './byte-cursor.ts';
import { decodeUtf8 } from './utf8.ts';

const FIRST_PRINTABLE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A name that was read before: its bytes without the quotes, and what stands for it. */
interface KnownName<Place> {
  readonly bytes: Uint8Array;
  readonly place: Place;
}

/** Reads the names of JSON objects out of bytes, and makes a text only of those that are new. */
export class NameScanner<Place> {
  /** The names in the order of the last object: mostly that of the next one. */
  readonly #expected: KnownName<Place>[] = [];
  /** By their hash: of several with the same one the last, so that they only take longer. */
  readonly #known = new Map<number, KnownName<Place>>();
  readonly #placeFor: (name: string) => Place;

  /** `placeFor` says for a name what stands for it; it may be asked again. */
  constructor(placeFor: (name: string) => Place) {
    this.#placeFor = placeFor;
  }

  /**
   * What stands for the name at the cursor, which is taken; null where there is none, or one that is written with an escape. `index` says
   * how many names of its object were read before.
   *
   * @throws TypeError when the name is no UTF-8
   */
  read(cursor: ByteCursor, index: number): Place | null {
    const { bytes, at } = cursor;
    if (bytes[at] !== QUOTE) return null;
    const expected = this.#expected[index];
    const name = expected && standsAt(bytes, at + 1, expected.bytes) ? expected : this.#find(bytes, at + 1);
    if (name === null) return null;
    this.#expected[index] = name;
    cursor.at = at + name.bytes.length + 2;
    return name.place;
  }

  #find(bytes: Uint8Array, start: number): KnownName<Place> | null {
    let hash = 0;
    let end = start;
    for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[++end]) {
      if (byte === undefined || byte < FIRST_PRINTABLE || byte === BACKSLASH) return null;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    const known = this.#known.get(hash);
    if (known && standsAt(bytes, start, known.bytes)) return known;
    const own = bytes.slice(start, end);
    const name = { bytes: own, place: this.#placeFor(decodeUtf8(own)) };
    this.#known.set(hash, name);
    return name;
  }
}

/** Whether a name stands there, and its quote behind it: looked at from the end, where names differ. */
function standsAt(bytes: Uint8Array, start: number, name: Uint8Array): boolean {
  if (bytes[start + name.length] !== QUOTE) return false;
  for (let i = name.length - 1; i >= 0; i--) if (bytes[start + i] !== name[i]) return false;
  return true;
}
