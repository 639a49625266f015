import type { JsonValue } from '@summa/core/json/json-value';

/** @public The generated operations take it from here. */
export type { JsonValue };

/** How GraphQL writes the numbers that JSON lacks. */
export type NonFiniteText = 'NaN' | 'Infinity' | '-Infinity';

/** A `Double` as it travels: a number, or the text of one that JSON lacks. `toNumber` reads it. */
export type WireDouble = number | NonFiniteText;

/**
 * One row as the server takes it: `step` is a whole number, `timestamp` seconds since 1970.
 *
 * @public The generated operations take it from here.
 */
export interface LogRow {
  readonly step?: number;
  readonly timestamp?: number;
  readonly values: { readonly [key: string]: JsonValue };
}

/** The number that a `Double` stands for; null stays null. */
export function toNumber(value: WireDouble): number;
export function toNumber(value: WireDouble | null): number | null;
export function toNumber(value: WireDouble | null): number | null {
  return value === null ? null : Number(value);
}

/** A list of doubles as a typed array; null entries (no value) become NaN. */
export function toNumbers(values: readonly (WireDouble | null)[]): Float64Array {
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
}
