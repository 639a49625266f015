import type { JsonValue } from '@summa/client';

const STRANGE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);

/** The value if it is a number, in any of the ways in which the API writes one; else null. */
export function numberOf(value: JsonValue | undefined): number | bigint | string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'string' && STRANGE.has(value) ? value : null;
}
