import { SummaError } from '../summa-error.ts';
import { MAX_KEY_LENGTH, MAX_NESTING } from './key-limits.ts';
import { parseKey } from './key-path.ts';

type ErrorPath = readonly (string | number)[];

/** What a key may at most be; the defaults are `MAX_KEY_LENGTH` and `MAX_NESTING`. */
export interface KeyLimits {
  readonly maxKeyLength: number;
  readonly maxNesting: number;
}

/** The limits that hold unless a caller has its own. */
export const DEFAULT_KEY_LIMITS: KeyLimits = { maxKeyLength: MAX_KEY_LENGTH, maxNesting: MAX_NESTING };

const UNSTORABLE = /\0|\p{Surrogate}/u;
const SHOWN_LENGTH = 60;

/**
 * Throws unless key text can be stored: INVALID_KEY for an empty first element, a NUL character or half a surrogate
 * pair, KEY_TOO_LONG, or NESTING_TOO_DEEP. `path` is where the key stands in the caller's input.
 */
export function checkKey(key: string, path: ErrorPath = [], limits: KeyLimits = DEFAULT_KEY_LIMITS): void {
  if (key === '' || key.startsWith('.')) {
    throw new SummaError('INVALID_KEY', 'a key must not be empty; give the value a name', path);
  }
  if (key.length > limits.maxKeyLength) {
    const message = `key ${quoteKey(key)} has ${key.length} characters, more than ${limits.maxKeyLength}; shorten it`;
    throw new SummaError('KEY_TOO_LONG', message, path);
  }
  if (UNSTORABLE.test(key)) {
    const message = `key ${quoteKey(key)} holds a NUL character or half a surrogate pair; remove it`;
    throw new SummaError('INVALID_KEY', message, path);
  }
  if (key.includes('.') && parseKey(key).length > limits.maxNesting) {
    throw nestingTooDeep(key, limits.maxNesting, path);
  }
}

/** The error for a key with more elements than allowed. */
export function nestingTooDeep(key: string, maxNesting: number, path: ErrorPath): SummaError {
  const message = `${quoteKey(key)} is nested deeper than ${maxNesting} levels; flatten it`;
  return new SummaError('NESTING_TOO_DEEP', message, path);
}

/** A key as error messages show it: quoted, control characters escaped, cut after 60 characters. */
export function quoteKey(key: string): string {
  return JSON.stringify(key.length > SHOWN_LENGTH ? `${key.slice(0, SHOWN_LENGTH)}…` : key);
}
