import { isJsonObject, type JsonValue } from './json-value.ts';

/**
 * The stored JSON text of a value, the exact inverse of `parseJson`: bare `NaN`, `Infinity`, `-Infinity`, `-0`, and
 * bigints as their digits. A float64 beyond 2^53 is written with an exponent, so that it is read as a float64 again.
 */
export function formatJson(value: JsonValue): string {
  return format(value, String);
}

/**
 * Strict JSON text of a value for GraphQL and HTTP: as `formatJson`, but numbers that JSON lacks are the strings
 * "NaN", "Infinity" and "-Infinity".
 */
export function formatWireJson(value: JsonValue): string {
  return format(value, quoted);
}

/** A number as `formatWireJson` writes it. */
export function formatWireNumber(number: number): string {
  return formatNumber(number, quoted);
}

const quoted = (number: number) => `"${number}"`;

type NonFiniteFormat = (number: number) => string;

function format(value: JsonValue, nonFinite: NonFiniteFormat): string {
  if (typeof value === 'number') return formatNumber(value, nonFinite);
  if (typeof value === 'bigint') return value.toString();
  if (isJsonObject(value)) return formatObject(value, nonFinite);
  if (Array.isArray(value)) return `[${value.map((inner) => format(inner, nonFinite)).join(',')}]`;
  return JSON.stringify(value);
}

function formatObject(object: { readonly [key: string]: JsonValue }, nonFinite: NonFiniteFormat): string {
  let text = '';
  for (const [key, inner] of Object.entries(object)) {
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${format(inner, nonFinite)}`;
  }
  return `{${text}}`;
}

function formatNumber(number: number, nonFinite: NonFiniteFormat): string {
  if (!Number.isFinite(number)) return nonFinite(number);
  if (Object.is(number, -0)) return '-0';
  // `String` writes whole numbers up to 1e21 as digits, which are read as a bigint.
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER && Number.isInteger(number)) return number.toExponential();
  return String(number);
}
