import { SummaError } from '../summa-error.ts';
import { MAX_JSON_DEPTH } from './json-limits.ts';
import { isJsonObject, type JsonValue } from './json-value.ts';
import { setOwn } from './own-property.ts';

/** Where a value stands in the caller's input. */
export type ErrorPath = readonly (string | number)[];

/**
 * Reads a value that came over the wire or from a caller: the strings "NaN", "Infinity" and "-Infinity" become the
 * numbers, and a bigint within ±(2^53-1) a number. Gives the same object back when nothing changes.
 *
 * As in JSON, `undefined` in an object is left out and in a list is null. Throws INVALID_JSON for anything that is not
 * JSON (functions, symbols, dates, class instances) and NESTING_TOO_DEEP beyond 64 levels; the error's path is `path`,
 * where the value stands in the caller's input.
 */
export function fromWire(value: unknown, path: ErrorPath = []): JsonValue {
  return readWire(value, path, MAX_JSON_DEPTH);
}

/**
 * Prepares a value for strict JSON: numbers that JSON lacks become "NaN", "Infinity" and "-Infinity"; bigints stay
 * bigints, for the writer to print. Gives the same object back when nothing changes.
 */
export function toWire(value: JsonValue): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return mapList(value, toWire);
  return isJsonObject(value) ? mapObject(value, toWire) : value;
}

/** The number that a wire string stands for, or the string itself when it is any other text. */
export function numberFromWire(text: string): string | number {
  if (text === 'NaN') return Number.NaN;
  if (text === 'Infinity') return Number.POSITIVE_INFINITY;
  return text === '-Infinity' ? Number.NEGATIVE_INFINITY : text;
}

function readWire(value: unknown, path: ErrorPath, levels: number): JsonValue {
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return value;
    case 'string':
      return numberFromWire(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'object':
      return value === null ? null : readWireContainer(value, path, levels);
    default:
      throw notJson(value, path);
  }
}

function readWireContainer(value: object, path: ErrorPath, levels: number): JsonValue {
  if (levels === 0) throw tooDeep(path);
  const read = (inner: unknown) => readWire(inner, path, levels - 1);
  // The elements are read one by one below, so whatever they are, the result is JSON.
  if (Array.isArray(value)) return mapList(value, (inner) => read(inner ?? null)) as JsonValue;
  if (!isPlainObject(value)) throw notJson(value, path);
  return mapObject(withoutUndefined(value), read) as JsonValue;
}

/** The failure of a value that JSON has no form for. */
export function notJson(value: unknown, path: ErrorPath): SummaError {
  const isObject = typeof value === 'object' && value !== null;
  const [kind, advice] = isObject ? [value.constructor.name, 'convert it first'] : [typeof value, 'leave it out'];
  return new SummaError('INVALID_JSON', `a ${kind} is not a JSON value; ${advice}`, path);
}

/** The failure of a value with too many objects inside one another. */
export function tooDeep(path: ErrorPath): SummaError {
  return new SummaError('NESTING_TOO_DEEP', `value is nested deeper than ${MAX_JSON_DEPTH} levels; flatten it`, path);
}

/** Whether an object is a plain `{}`: not a list, a date, or an instance of any class. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return true;
  // An object of another realm (a worker, vm, or test runner) has that realm's Object.prototype, whose own is null.
  return prototype === null || (!Array.isArray(value) && Object.getPrototypeOf(prototype) === null);
}

function withoutUndefined(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object);
  const defined = entries.filter(([, inner]) => inner !== undefined);
  return defined.length === entries.length ? object : Object.fromEntries(defined);
}

function mapList(list: readonly JsonValue[], map: (inner: JsonValue) => unknown): unknown {
  const mapped = list.map(map);
  return mapped.every((inner, i) => Object.is(inner, list[i])) ? list : mapped;
}

function mapObject<Inner>(object: Readonly<Record<string, Inner>>, map: (inner: Inner) => unknown): unknown {
  let changed: Record<string, unknown> | null = null;
  for (const [key, inner] of Object.entries(object)) {
    const mapped = map(inner);
    if (Object.is(mapped, inner)) continue;
    changed ??= { ...object };
    setOwn(changed, key, mapped);
  }
  return changed ?? object;
}
