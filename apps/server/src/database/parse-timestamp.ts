import pg from 'pg';

const TIMESTAMPTZ = pg.types.builtins.TIMESTAMPTZ;
const parseAny: (text: string) => Date = pg.types.getTypeParser(TIMESTAMPTZ, 'text');

/** `2026-11-26 02:31:00+00`, which may have a fraction of up to six digits before its offset. */
const SHORTEST = 22;
const LONGEST = 29;
const [ZERO, DASH, DOT, SPACE] = [48, 45, 46, 32];

/** The moment that Postgres writes as a timestamptz, in whole milliseconds. As `pg` does it, but quick for the usual form. */
export function parseTimestamp(text: string): Date {
  const year = isUsual(text) ? digits(text, 0, 4) : 0;
  // Date.UTC takes the years before 100 for some of the last century.
  if (year < 100) return parseAny(text);
  return new Date(
    Date.UTC(
      year,
      digits(text, 5, 7) - 1,
      digits(text, 8, 10),
      digits(text, 11, 13),
      digits(text, 14, 16),
      digits(text, 17, 19),
      milliseconds(text),
    ),
  );
}

/** In UTC, as the embedded Postgres writes it, and with a year of four digits. */
function isUsual(text: string): boolean {
  const { length } = text;
  if (length < SHORTEST || length > LONGEST || !text.endsWith('+00')) return false;
  return (
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(10) === SPACE &&
    (length === SHORTEST || (text.charCodeAt(19) === DOT && length > SHORTEST + 1))
  );
}

function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) number = number * 10 + text.charCodeAt(i) - ZERO;
  return number;
}

/** The first three digits of the fraction, of which Postgres leaves out zeros at the end. */
function milliseconds(text: string): number {
  const end = Math.min(text.length - 3, 23);
  return end <= 20 ? 0 : digits(text, 20, end) * 10 ** (23 - end);
}
