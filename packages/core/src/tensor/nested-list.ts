import type { JsonValue } from '../json/json-value.ts';
import { SummaError } from '../summa-error.ts';
import { MAX_RANK, type Shape } from './shape.ts';

type ErrorPath = readonly (string | number)[];

/** A value of a tensor as JavaScript has it. */
export type Scalar = number | bigint | boolean;

/** The values of a nested list one after another (the last axis varies fastest), and the lengths of its levels. */
export interface FlatList {
  readonly shape: Shape;
  readonly values: readonly Scalar[];
}

/**
 * Flattens a nested list; an empty one has the shape `[0]`, and lists of empty lists end in an axis of 0.
 *
 * Throws INVALID_TENSOR, with the path of the first bad place, for lists that are not equally long, for anything but
 * numbers, bigints and booleans, and beyond 32 levels.
 */
export function flattenList(list: readonly unknown[], path: ErrorPath = []): FlatList {
  const shape = shapeOf(list, path);
  const values: Scalar[] = [];
  collect(list, { shape, level: 0, values }, path);
  return { shape, values };
}

/** The values, in C order, as lists of lists of the given shape; the value itself for the shape `[]`. */
export function nestList(values: readonly JsonValue[], shape: Shape): JsonValue {
  const [length, ...inner] = shape;
  if (length === undefined) return values[0] ?? null;
  const stride = inner.reduce((product, one) => product * one, 1);
  return Array.from({ length }, (_, i) => nestList(values.slice(i * stride, (i + 1) * stride), inner));
}

/** The lengths along the first element of each level. */
function shapeOf(list: readonly unknown[], path: ErrorPath): Shape {
  const shape: number[] = [];
  for (let level: unknown = list; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    if (shape.length > MAX_RANK) throw invalid(`lists are nested deeper than ${MAX_RANK} levels`, path);
  }
  return shape;
}

interface Collection {
  readonly shape: Shape;
  readonly level: number;
  readonly values: Scalar[];
}

function collect(list: readonly unknown[], { shape, level, values }: Collection, path: ErrorPath): void {
  const expected = shape[level];
  if (list.length !== expected) {
    throw invalid(`this list has ${list.length} elements, and the first of its level ${expected}`, path);
  }
  const isInnermost = level === shape.length - 1;
  for (const [i, element] of list.entries()) {
    if (isInnermost && isScalar(element)) values.push(element);
    else if (!isInnermost && Array.isArray(element))
      collect(element, { shape, level: level + 1, values }, [...path, i]);
    else throw invalid(`${showKind(element)} stands where ${isInnermost ? 'a number' : 'a list'} must`, [...path, i]);
  }
}

/** Whether something is a value that a tensor may have. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

function showKind(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `a ${typeof value}`;
}

function invalid(what: string, path: ErrorPath): SummaError {
  return new SummaError('INVALID_TENSOR', `${what}; give lists of numbers, all of one level equally long`, path);
}
