/** The texts that a pattern stands for. */
export interface ExpandedPattern {
  readonly all: readonly string[];
  /** How many parts there are between `|` that stand in no group. */
  readonly alternatives: number;
}

/** Texts that one pattern may stand for. */
const MAX_TEXTS = 100;

/** The texts that a regular expression stands for; null when there are more than 100 or it means what no list of texts says. */
export function expandPattern(pattern: string): ExpandedPattern | null {
  const reader = new PatternReader(pattern);
  const all = reader.readAlternatives();
  return all && reader.isAtEnd ? { all: [...new Set(all.flat())], alternatives: all.length } : null;
}

class PatternReader {
  readonly #signs: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#signs = pattern.match(/\\[\s\S]|\(\?:|[\s\S]/gu) ?? [];
  }

  get isAtEnd(): boolean {
    return this.#at === this.#signs.length;
  }

  /** The texts of each alternative up to the end or a closing bracket. */
  readAlternatives(): string[][] | null {
    const alternatives: string[][] = [];
    do {
      const texts = this.#readSequence();
      if (!texts) return null;
      alternatives.push(texts);
    } while (this.#take('|'));
    return alternatives;
  }

  #readSequence(): string[] | null {
    let texts = [''];
    while (!this.isAtEnd && this.#signs[this.#at] !== '|' && this.#signs[this.#at] !== ')') {
      const read = this.#readItem();
      if (!read) return null;
      const items = this.#take('?') ? [...read, ''] : read;
      if (texts.length * items.length > MAX_TEXTS) return null;
      texts = texts.flatMap((text) => items.map((item) => text + item));
    }
    return texts;
  }

  #readItem(): string[] | null {
    const sign = this.#signs[this.#at++] ?? '';
    if (sign === '(' || sign === '(?:') return this.#readGroup();
    if (sign === '[') return this.#readClass();
    return literalOf(sign, /[\^$.*+?()[\]{}|\\]/u);
  }

  #readGroup(): string[] | null {
    const all = this.readAlternatives();
    return all && this.#take(')') ? all.flat() : null;
  }

  #readClass(): string[] | null {
    const letters: string[] = [];
    while (!this.#take(']')) {
      const sign = this.#signs[this.#at++];
      const [letter] = (sign && literalOf(sign, /[\^[\\]/u)) ?? [];
      const isRange = this.#signs[this.#at] === '-' && this.#signs[this.#at + 1] !== ']';
      const last = isRange ? this.#signs[this.#at + 1] : letter;
      if (letter === undefined || last === undefined) return null;
      if (isRange) this.#at += 2;
      const [from, to] = [letter.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0];
      if (to < from || to - from > MAX_TEXTS) return null;
      for (let code = from; code <= to; code++) letters.push(String.fromCodePoint(code));
    }
    return letters.length > 0 ? letters : null;
  }

  #take(sign: string): boolean {
    if (this.#signs[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }
}

/** The one text of a sign; null when it means something else. */
function literalOf(sign: string, special: RegExp): string[] | null {
  if (sign.length > 1 && sign.startsWith('\\')) return /[A-Za-z0-9]/.test(sign.charAt(1)) ? null : [sign.slice(1)];
  return special.test(sign) ? null : [sign];
}
