import { syntaxError, type Token, tokenize } from './filter-tokens.ts';
import { parseTargetName, type TargetName } from './target-name.ts';

/** A filter as it was written, with keys of which the section is still unknown. */
export type FilterText =
  | { readonly and: readonly FilterText[] }
  | { readonly or: readonly FilterText[] }
  | { readonly not: FilterText }
  | ConditionText;

/** One comparison as it was written. */
export interface ConditionText {
  readonly target: TargetName;
  /** The name of the comparison in the API. */
  readonly operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'matches' | 'contains' | 'in' | 'notIn' | 'exists';
  /** What it is compared with; empty for `exists`. */
  readonly operands: readonly Operand[];
  /** All of it, for messages. */
  readonly text: string;
}

/** A value as it was written. */
export interface Operand {
  readonly text: string;
  /** Whether it stood in quotes: then it is text, whatever it looks like. */
  readonly isQuoted: boolean;
}

const COMPARISONS: Readonly<Record<string, ConditionText['operator']>> = {
  '=': 'eq',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '~': 'matches',
  contains: 'contains',
};

/**
 * Reads a filter: `state = finished and (lr < 0.1 or val/acc:max >= 0.9) and not tags contains draft`.
 *
 * Comparisons are `=  !=  <  <=  >  >=`, `~` (a regular expression), `contains`, `in (a, b)`, `not in (a, b)` and
 * `exists`; `and` binds more than `or`. Throws `UsageError` that says what is wrong and marks the place.
 */
export function parseFilterText(text: string): FilterText {
  const reader = new FilterReader(text);
  const filter = reader.readOr();
  reader.expectEnd();
  return filter;
}

class FilterReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  readOr(): FilterText {
    const parts = [this.#readAnd()];
    while (this.#take('or')) parts.push(this.#readAnd());
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : { or: parts };
  }

  expectEnd(): void {
    if (this.#next.kind === 'end') return;
    throw this.#error(`expected "and", "or" or the end, not ${JSON.stringify(this.#next.text)}`);
  }

  #readAnd(): FilterText {
    const parts = [this.#readNot()];
    while (this.#take('and')) parts.push(this.#readNot());
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : { and: parts };
  }

  #readNot(): FilterText {
    if (this.#take('not')) return { not: this.#readNot() };
    if (!this.#take('(')) return this.#readCondition();
    const inner = this.readOr();
    if (!this.#take(')')) throw this.#error('a ")" is missing');
    return inner;
  }

  #readCondition(): ConditionText {
    const start = this.#next;
    if (start.kind !== 'word') throw this.#error('expected a field or a key, such as state or lr');
    this.#at += 1;
    const target = parseTargetName(start.text);
    const { operator, operands } = this.#readComparison(start);
    const end = this.#tokens[this.#at - 1] ?? start;
    return { target, operator, operands, text: this.#text.slice(start.from, end.to) };
  }

  #readComparison({ text }: Token): Pick<ConditionText, 'operator' | 'operands'> {
    if (this.#take('exists')) return { operator: 'exists', operands: [] };
    if (this.#take('in')) return { operator: 'in', operands: this.#readList() };
    if (this.#take('not')) {
      if (this.#take('in')) return { operator: 'notIn', operands: this.#readList() };
      throw this.#error('expected "in" behind "not"; to negate a comparison write "not" in front of it');
    }
    const word = this.#next.isQuoted ? '' : this.#next.text;
    const operator = Object.hasOwn(COMPARISONS, word) ? COMPARISONS[word] : undefined;
    if (operator === undefined) {
      throw this.#error(`expected a comparison behind ${JSON.stringify(text)}: = != < <= > >= ~ contains in exists`);
    }
    this.#at += 1;
    return { operator, operands: [this.#readOperand(`a value behind "${word}"`)] };
  }

  #readList(): Operand[] {
    if (!this.#take('(')) throw this.#error('expected "(" behind "in", as in: in (a, b)');
    const operands = [this.#readOperand('a value')];
    while (this.#take(',')) operands.push(this.#readOperand('a value behind ","'));
    if (!this.#take(')')) throw this.#error('expected "," or ")" in the list');
    return operands;
  }

  #readOperand(what: string): Operand {
    const { kind, text, isQuoted } = this.#next;
    if (kind !== 'word') throw this.#error(`expected ${what}`);
    this.#at += 1;
    return { text, isQuoted };
  }

  /** Steps over a symbol or a word of the syntax, if it comes next. */
  #take(word: string): boolean {
    const { kind, text, isQuoted } = this.#next;
    const isIt = kind !== 'end' && !isQuoted && text === word;
    if (isIt) this.#at += 1;
    return isIt;
  }

  get #next(): Token {
    // The last token is the end, and nothing steps over it.
    return this.#tokens[this.#at] as Token;
  }

  #error(problem: string) {
    return syntaxError(this.#text, this.#next, problem);
  }
}
