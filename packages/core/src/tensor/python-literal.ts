/** A value of a Python literal; a list and a tuple are both `items`, told apart by `kind`. */
export type PythonValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'int'; readonly int: number }
  | { readonly kind: 'bool'; readonly bool: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly PythonValue[] }
  | { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, PythonValue> };

const MAX_DEPTH = 16;
const SPACE = /[ \t\r\n\f]*/y;
const INT = /-?\d{1,20}L?(?![\w.])/y;
const NAME = /[A-Za-z_]\w*/y;
const TEXT = /'[^'\\\n]*'|"[^"\\\n]*"/y;

/**
 * Reads a Python literal of text without escapes, whole numbers, True, False, None, tuples, lists and dicts whose keys
 * are text: what numpy writes into the head of a file. Runs nothing.
 *
 * Throws a SyntaxError that names the place for any other text, for a key given twice, for numbers beyond 20 digits and
 * beyond 16 levels.
 */
export function parsePythonLiteral(text: string): PythonValue {
  const reader = new LiteralReader(text);
  const value = reader.value(MAX_DEPTH);
  reader.skipSpace();
  if (reader.at < text.length) throw reader.unexpected();
  return value;
}

class LiteralReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(levels: number): PythonValue {
    this.skipSpace();
    if (levels === 0) throw new SyntaxError(`it nests deeper than ${MAX_DEPTH} levels`);
    if (this.take('{')) return { kind: 'dict', entries: this.#entries(levels) };
    if (this.take('[')) return { kind: 'list', items: this.#items(']', levels) };
    if (this.take('(')) return this.#parenthesised(levels);
    return this.#scalar();
  }

  skipSpace(): void {
    this.#match(SPACE);
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  unexpected(): SyntaxError {
    const found = this.at < this.text.length ? JSON.stringify(this.text.slice(this.at, this.at + 12)) : 'the end';
    return new SyntaxError(`found ${found} at character ${this.at}`);
  }

  #scalar(): PythonValue {
    const text = this.#match(TEXT);
    if (text !== null) return { kind: 'text', text: text.slice(1, -1) };
    const int = this.#match(INT);
    if (int !== null) return { kind: 'int', int: Number(int.replace('L', '')) + 0 };
    const start = this.at;
    const name = this.#match(NAME);
    if (name === 'True' || name === 'False') return { kind: 'bool', bool: name === 'True' };
    if (name === 'None') return { kind: 'none' };
    this.at = start;
    throw this.unexpected();
  }

  /** `(3)` is a number, `(3,)` a tuple, as in Python. */
  #parenthesised(levels: number): PythonValue {
    const items: PythonValue[] = [];
    const endsInComma = this.#separated(')', () => items.push(this.value(levels - 1)));
    const [only] = items;
    return only !== undefined && items.length === 1 && !endsInComma ? only : { kind: 'tuple', items };
  }

  #items(close: string, levels: number): PythonValue[] {
    const items: PythonValue[] = [];
    this.#separated(close, () => items.push(this.value(levels - 1)));
    return items;
  }

  #entries(levels: number): Map<string, PythonValue> {
    const entries = new Map<string, PythonValue>();
    this.#separated('}', () => {
      const key = this.value(levels - 1);
      this.skipSpace();
      if (key.kind !== 'text' || !this.take(':')) throw this.unexpected();
      if (entries.has(key.text)) throw new SyntaxError(`the key ${JSON.stringify(key.text)} is given twice`);
      entries.set(key.text, this.value(levels - 1));
    });
    return entries;
  }

  /** Reads what stands before `close`, parted by commas, of which one may stand at the end: whether one does. */
  #separated(close: string, readOne: () => void): boolean {
    let endsInComma = false;
    this.skipSpace();
    while (!this.take(close)) {
      readOne();
      this.skipSpace();
      endsInComma = this.take(',');
      this.skipSpace();
      if (!endsInComma && !this.text.startsWith(close, this.at)) throw this.unexpected();
    }
    return endsInComma;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }
}
