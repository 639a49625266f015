import pg from 'pg';
import { parseTimestamp } from './parse-timestamp.ts';

const INT8 = 20;
const INT8_ARRAY = 1016;
const TIMESTAMPTZ = 1184;
const TEXT_ARRAY: number = 1009;

/**
 * How hand-written SQL sees a row: int8 as a number, all else as `pg` does it, timestamps quicker. Prisma brings its own parsers with each
 * statement, so its BigInt columns are not touched by this.
 */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, format);
    if (oid === INT8) return parseInt8;
    if (oid === INT8_ARRAY) return parseInt8Array;
    if (oid === TIMESTAMPTZ) return parseTimestamp;
    return pg.types.getTypeParser(oid, 'text');
  },
};

/** A whole number as text to a number; a RangeError beyond 2^53, where a number would no longer be the one stored. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`int8 value ${text} does not fit a number; select it as text`);
}

// An int8[] is written like a text[]; NULL is null.
const parseTextArray: (text: string) => (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY, 'text');

function parseInt8Array(text: string): (number | null)[] {
  return parseTextArray(text).map((element) => (element === null ? null : parseInt8(element)));
}
