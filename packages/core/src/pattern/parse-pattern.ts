import { ANY, complement, DIGITS, MAX_CODE, NAMED_SETS, SPACE, setOf, WORD, withCases } from './char-set.ts';
import { type CharSet, MAX_PATTERN_SIZE, MAX_REPEAT, type Pattern, type Place, patternSize } from './pattern.ts';

/** Makes the error for what is wrong with a pattern, said in the second half of a sentence. */
export type RefusePattern = (problem: string) => Error;

interface Flags {
  /** Case does not matter. */
  readonly i: boolean;
  /** `.` means a line feed, too. */
  readonly s: boolean;
}

/**
 * Reads a regular expression in the syntax of RE2: characters, `.`, `[…]`, `[[:alpha:]]`, `\d \w \s` and their opposites, `|`,
 * groups of every kind, `* + ? {m,n}` (greedy or not: what matches is the same), `^ $ \A \z \b \B`, the flags `i`, `s` and `U`.
 *
 * Not in it: classes of Unicode (`\p`), lines (`m`), octal escapes, `\Q…\E`. What RE2 itself leaves out, such as `\1` and `(?=`,
 * is left out, too: every pattern is matched in time that grows with the text, not with the ways to match it.
 */
export function parsePattern(text: string, refuse: RefusePattern): Pattern {
  const parser = new PatternParser(text, refuse);
  const pattern = parser.parse();
  const size = patternSize(pattern);
  if (size > MAX_PATTERN_SIZE)
    throw refuse(`has ${size} signs once written out; at most ${MAX_PATTERN_SIZE} are allowed`);
  return pattern;
}

const MAX_DEPTH = 50;
const CONTROLS: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 };
const CLASSES: Readonly<Record<string, CharSet>> = { d: DIGITS, w: WORD, s: SPACE };
const PLACES: Readonly<Record<string, Place>> = { A: 'start', z: 'end', b: 'wordEdge', B: 'noWordEdge' };
const NO_LINE_FEED = complement(setOf([0x0a, 0x0a]));

class PatternParser {
  readonly #signs: readonly string[];
  readonly #refuse: RefusePattern;
  #at = 0;

  constructor(text: string, refuse: RefusePattern) {
    this.#signs = [...text];
    this.#refuse = refuse;
  }

  parse(): Pattern {
    const pattern = this.#readChoice({ i: false, s: false }, 0);
    if (this.#at < this.#signs.length) throw this.#refuse('has a ) without its (');
    return pattern;
  }

  #readChoice(outer: Flags, depth: number): Pattern {
    if (depth > MAX_DEPTH) throw this.#refuse(`has groups within more than ${MAX_DEPTH} others`);
    let flags = outer;
    const parts: Pattern[] = [];
    do {
      const sequence: Pattern[] = [];
      for (let sign = this.#peek(); sign !== undefined && sign !== '|' && sign !== ')'; sign = this.#peek()) {
        // (?i) holds up to the end of the group that it stands in.
        const changed = this.#readFlags(flags);
        if (changed) flags = changed;
        else sequence.push(this.#readRepeated(flags, depth));
      }
      parts.push(oneOf('sequence', sequence));
    } while (this.#take('|'));
    return oneOf('choice', parts);
  }

  /** New flags, where a group of nothing but flags stands. */
  #readFlags(flags: Flags): Flags | null {
    const [head, letters] = /^\(\?([A-Za-z-]+)\)/.exec(this.#rest(16)) ?? [];
    if (head === undefined || letters === undefined) return null;
    this.#at += head.length;
    return this.#changeFlags(flags, letters);
  }

  #changeFlags(flags: Flags, letters: string): Flags {
    const changed = { ...flags };
    let on = true;
    for (const letter of letters) {
      if (letter === '-') on = false;
      else if (letter === 'i' || letter === 's') changed[letter] = on;
      else if (letter !== 'U') throw this.#refuse(`has the flag ${letter}; only i, s and U are supported`);
    }
    return changed;
  }

  #readRepeated(flags: Flags, depth: number): Pattern {
    let part = this.#readAtom(flags, depth);
    for (let count = this.#readCount(); count !== null; count = this.#readCount()) {
      const [min, max] = count;
      if (part.kind !== 'place') part = { kind: 'repeat', part, min, max };
      else if (min === 0) part = { kind: 'sequence', parts: [] };
    }
    return part;
  }

  #readCount(): readonly [min: number, max: number | null] | null {
    const count = this.#readBareCount();
    if (count) this.#take('?');
    return count;
  }

  #readBareCount(): readonly [min: number, max: number | null] | null {
    if (this.#take('*')) return [0, null];
    if (this.#take('+')) return [1, null];
    if (this.#take('?')) return [0, 1];
    const [head, from, comma, to] = /^\{(\d{1,9})(,?)(\d{0,9})\}/.exec(this.#rest(24)) ?? [];
    // As in RE2, { is a character where it counts nothing.
    if (head === undefined) return null;
    this.#at += head.length;
    const min = Number(from);
    const max = comma === '' ? min : to === '' ? null : Number(to);
    if (Math.max(min, max ?? 0) > MAX_REPEAT) throw this.#refuse(`counts beyond ${MAX_REPEAT}`);
    if (max !== null && max < min) throw this.#refuse(`counts from ${min} to ${max}`);
    return [min, max];
  }

  #readAtom(flags: Flags, depth: number): Pattern {
    const sign = this.#next();
    switch (sign) {
      case '(':
        return this.#readGroup(flags, depth);
      case '[':
        return this.#toSet(this.#readClass(flags));
      case '.':
        return { kind: 'set', set: flags.s ? ANY : NO_LINE_FEED };
      case '^':
        return { kind: 'place', place: 'start' };
      case '$':
        return { kind: 'place', place: 'end' };
      case '\\':
        return this.#readEscape(flags);
      case '*':
      case '+':
      case '?':
        throw this.#refuse(`repeats nothing with ${sign}`);
      default:
        return this.#toSet(inCase(charOf(sign.codePointAt(0) ?? 0), flags));
    }
  }

  #readGroup(outer: Flags, depth: number): Pattern {
    let flags = outer;
    const [head, letters] = /^\?(?:P?<[A-Za-z_]\w*>|([A-Za-z-]*):)/.exec(this.#rest(200)) ?? [];
    if (head !== undefined) {
      this.#at += head.length;
      flags = this.#changeFlags(flags, letters ?? '');
    } else if (this.#peek() === '?') throw this.#refuse(`has a group ${this.#rest(4)}, which RE2 does not know`);
    const group = this.#readChoice(flags, depth + 1);
    if (!this.#take(')')) throw this.#refuse('has a ( without its )');
    return group;
  }

  #readEscape(flags: Flags): Pattern {
    const place = PLACES[this.#peek() ?? ''];
    if (!place) return this.#toSet(this.#readEscapedSet(flags));
    this.#at += 1;
    return { kind: 'place', place };
  }

  /** The characters of an escape, after its backslash. */
  #readEscapedSet(flags: Flags): CharSet {
    const known = CLASSES[this.#peek()?.toLowerCase() ?? ''];
    if (!known) return inCase(charOf(this.#readEscapedCode()), flags);
    const isNegated = /[A-Z]/.test(this.#next());
    return isNegated ? complement(inCase(known, flags)) : inCase(known, flags);
  }

  #readEscapedCode(): number {
    const sign = this.#next();
    const control = CONTROLS[sign];
    if (control !== undefined) return control;
    if (sign === 'x') return this.#readHex();
    if (/[0-9A-Za-z]/.test(sign)) throw this.#refuse(`has the escape \\${sign}, which is not supported`);
    return sign.codePointAt(0) ?? 0;
  }

  #readHex(): number {
    const [head, short, long] = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.#rest(8)) ?? [];
    const code = Number.parseInt(short ?? long ?? 'none', 16);
    if (head === undefined || code > MAX_CODE) throw this.#refuse('has \\x without the code of a character');
    this.#at += head.length;
    return code;
  }

  #readClass(flags: Flags): CharSet {
    const isNegated = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    do ranges.push(...this.#readClassItem(flags));
    while (!this.#take(']'));
    return isNegated ? complement(setOf(...ranges)) : setOf(...ranges);
  }

  #readClassItem(flags: Flags): CharSet {
    const [head, negated, name] = /^\[:(\^?)(\w+):\]/.exec(this.#rest(16)) ?? [];
    if (head !== undefined && name !== undefined) {
      const named = NAMED_SETS[name];
      if (!named) throw this.#refuse(`has the class [:${name}:], which RE2 does not know`);
      this.#at += head.length;
      return negated ? complement(inCase(named, flags)) : inCase(named, flags);
    }
    const escaped = this.#peek() === '\\' ? this.#signs[this.#at + 1] : undefined;
    if (escaped !== undefined && CLASSES[escaped.toLowerCase()]) {
      this.#at += 1;
      return this.#readEscapedSet(flags);
    }
    return inCase(this.#readClassRange(), flags);
  }

  /** A character of a class, or a range of them. */
  #readClassRange(): CharSet {
    const from = this.#readClassCode();
    const isRange = this.#peek() === '-' && (this.#signs[this.#at + 1] ?? ']') !== ']';
    if (!isRange) return charOf(from);
    this.#at += 1;
    const to = this.#readClassCode();
    if (to < from) throw this.#refuse('has a range in […] that does not ascend');
    return [[from, to]];
  }

  #readClassCode(): number {
    const sign = this.#next('has a [ without its ]');
    return sign === '\\' ? this.#readEscapedCode() : (sign.codePointAt(0) ?? 0);
  }

  #toSet(set: CharSet): Pattern {
    if (set.length === 0) throw this.#refuse('has a class that no character is in');
    return { kind: 'set', set };
  }

  #peek(): string | undefined {
    return this.#signs[this.#at];
  }

  #next(problem = 'ends with a single \\'): string {
    const sign = this.#signs[this.#at++];
    if (sign === undefined) throw this.#refuse(problem);
    return sign;
  }

  #take(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    this.#at += 1;
    return true;
  }

  /** The next signs, up to some number of them. */
  #rest(count: number): string {
    return this.#signs.slice(this.#at, this.#at + count).join('');
  }
}

function oneOf(kind: 'sequence' | 'choice', parts: readonly Pattern[]): Pattern {
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind, parts };
}

function charOf(code: number): CharSet {
  return [[code, code]];
}

/** The characters that are meant; a class that is negated is, as in RE2, without what is meant before. */
function inCase(set: CharSet, flags: Flags): CharSet {
  return flags.i ? withCases(set) : set;
}
