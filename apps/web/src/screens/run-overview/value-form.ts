import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { prettyJson } from '../../format/pretty-json.ts';

/** What kind of value somebody types in. */
export type ValueKind = 'number' | 'text' | 'boolean' | 'json';

/** A value as it is typed in. */
export interface TypedValue {
  readonly kind: ValueKind;
  readonly text: string;
}

/** What was typed in, read: a value, or what is wrong with it in words. */
export type ReadValue = { readonly value: JsonValue } | { readonly problem: string };

/** How a value is shown for editing. */
export function typedValue(value: JsonValue | undefined): TypedValue {
  if (value === undefined || typeof value === 'number' || typeof value === 'bigint') {
    return { kind: 'number', text: value === undefined ? '' : String(value) };
  }
  if (typeof value === 'boolean') return { kind: 'boolean', text: String(value) };
  return typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'json', text: prettyJson(value) };
}

/** Reads what was typed in. */
export function readTyped({ kind, text }: TypedValue): ReadValue {
  switch (kind) {
    case 'text':
      return { value: text };
    case 'boolean':
      return { value: text === 'true' };
    case 'number':
      return readNumber(text.trim());
    case 'json':
      return readJson(text);
  }
}

const WORDS: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  '∞': Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-∞': Number.NEGATIVE_INFINITY,
};

function readNumber(text: string): ReadValue {
  const word = WORDS[text.toLowerCase()];
  if (word !== undefined) return { value: word };
  if (text === '') return { problem: 'Type a number, such as 0.25, 1e-4 or NaN.' };
  if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return { value: BigInt(text.replace('+', '')) };
  const value = Number(text);
  return Number.isNaN(value) || /^[+-]?0[box]/i.test(text)
    ? { problem: `"${text}" is no number. Type one such as 0.25, 1e-4 or NaN, or choose Text.` }
    : { value };
}

function readJson(text: string): ReadValue {
  try {
    const value = parseJson(text);
    return value === null ? { problem: 'A summary holds no null. Delete the value instead.' } : { value };
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Whether a value is long enough to be typed into several lines. */
export function needsLines({ kind, text }: TypedValue): boolean {
  return kind === 'json' || (kind === 'text' && (text.length > 60 || text.includes('\n')));
}

/** A value as one line of text, such as for a list of changes. */
export function oneLine(value: JsonValue, most = 80): string {
  const text =
    typeof value === 'string' ? value : isJsonObject(value) || Array.isArray(value) ? compact(value) : String(value);
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

function compact(value: JsonValue): string {
  return prettyJson(value).replace(/\n\s*/g, ' ');
}
