import { isJsonObject } from '../json/json-value.ts';
import { type ErrorCode, SummaError } from '../summa-error.ts';

/** A place in a filter or an order as it was given, with the value that stands there: errors name the place. */
export interface QueryInput {
  readonly value: unknown;
  /** What the whole is called in messages: `filter` or `orderBy`. */
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly code: ErrorCode;
}

/** The error for what stands at a place; `problem` says what is wrong and what to do. */
export function refuse({ name, path, code }: QueryInput, problem: string): SummaError {
  const place = path.reduce<string>((text, part) => text + (typeof part === 'number' ? `[${part}]` : `.${part}`), name);
  return new SummaError(code, `${place}: ${problem}`, path);
}

/** A place one step further in. */
export function inside(input: QueryInput, part: string | number, value: unknown): QueryInput {
  return { ...input, value, path: [...input.path, part] };
}

/**
 * The entries of an input object, by name; null and undefined are not given, so they are left out.
 *
 * Raises an error when it is no object, or has a name that is not `known`.
 */
export function readEntries(input: QueryInput, known: readonly string[]): Map<string, QueryInput> {
  if (!isJsonObject(input.value)) throw refuse(input, `expected an object with one of ${known.join(', ')}`);
  const entries = new Map<string, QueryInput>();
  for (const [name, value] of Object.entries(input.value)) {
    if (!known.includes(name)) throw refuse(input, `${shorten(name)} is unknown; use one of ${known.join(', ')}`);
    // Typed clients send null for every field of an input object that was left alone.
    if (value !== null && value !== undefined) entries.set(name, inside(input, name, value));
  }
  return entries;
}

/** The only entry of an input object; raises an error when it has none or several. */
export function readOnlyEntry(input: QueryInput, known: readonly string[]): [name: string, entry: QueryInput] {
  const [first, second] = readEntries(input, known);
  if (first === undefined) throw refuse(input, `give one of ${known.join(', ')}`);
  if (second !== undefined) throw refuse(input, `give either ${first[0]} or ${second[0]}, not both`);
  return first;
}

/** One of a few words; raises an error that lists them. */
export function readWord<Word extends string>(input: QueryInput, words: readonly Word[]): Word {
  const word = words.find((known) => known === input.value);
  if (word === undefined) throw refuse(input, `${show(input.value)} is unknown; use one of ${words.join(', ')}`);
  return word;
}

/** Text of at most `maxLength` UTF-16 units that a database can hold: without NUL and without lone surrogates. */
export function readText(input: QueryInput, maxLength: number): string {
  const { value } = input;
  if (typeof value !== 'string') throw refuse(input, `${show(value)} is not a text`);
  if (value.length > maxLength) throw refuse(input, `a text of ${value.length} characters; give at most ${maxLength}`);
  if (value.includes('\0') || /\p{Surrogate}/u.test(value)) {
    throw refuse(input, 'it has a NUL or half of a surrogate pair, which no stored text has; remove it');
  }
  return value;
}

/** A value as it may stand in a message: its kind, or itself when it is short. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${shorten(value)}"`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
