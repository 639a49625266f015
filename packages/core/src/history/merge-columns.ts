import type { JsonValue } from '../json/json-value.ts';
import type { Column } from './column.ts';

/** A column without values. */
export const EMPTY_COLUMN: Column = { steps: new Float64Array(0), numbers: new Float64Array(0), others: null };

/**
 * Merges columns of one metric, given in order of arrival: at a step that several have, the last one's value stays.
 *
 * Grouping makes no difference: merging merged halves gives the same column. The result may share arrays with its input.
 */
export function mergeColumns(columns: readonly Column[]): Column {
  const parts = columns.filter((column) => column.steps.length > 0);
  const [first, ...rest] = parts;
  if (first === undefined) return EMPTY_COLUMN;
  if (rest.length === 0) return first;
  if (parts.every((part, i) => i === 0 || isBefore(parts[i - 1] as Column, part))) return concat(parts);
  const half = parts.length >> 1;
  return mergeTwo(mergeColumns(parts.slice(0, half)), mergeColumns(parts.slice(half)));
}

function mergeTwo(earlier: Column, later: Column): Column {
  if (isBefore(earlier, later)) return concat([earlier, later]);
  if (isBefore(later, earlier)) return concat([later, earlier]);
  return interleave(earlier, later);
}

function isBefore(a: Column, b: Column): boolean {
  return (a.steps.at(-1) as number) < (b.steps[0] as number); // neither is empty
}

function concat(parts: readonly Column[]): Column {
  const length = parts.reduce((sum, part) => sum + part.steps.length, 0);
  const steps = new Float64Array(length);
  const numbers = new Float64Array(length);
  const others = new Map<number, JsonValue>();
  let offset = 0;
  for (const part of parts) {
    steps.set(part.steps, offset);
    numbers.set(part.numbers, offset);
    if (part.others !== null) for (const [i, value] of part.others) others.set(offset + i, value);
    offset += part.steps.length;
  }
  return { steps, numbers, others: others.size === 0 ? null : others };
}

function interleave(earlier: Column, later: Column): Column {
  const steps = new Float64Array(earlier.steps.length + later.steps.length);
  const numbers = new Float64Array(steps.length);
  const others = new Map<number, JsonValue>();
  let count = 0;
  for (let e = 0, l = 0; e < earlier.steps.length || l < later.steps.length; count++) {
    const earlierStep = earlier.steps[e] ?? Number.POSITIVE_INFINITY;
    const laterStep = later.steps[l] ?? Number.POSITIVE_INFINITY;
    const fromLater = laterStep <= earlierStep;
    if (earlierStep <= laterStep) e++;
    if (fromLater) l++;
    const source = fromLater ? later : earlier;
    const i = fromLater ? l - 1 : e - 1;
    steps[count] = fromLater ? laterStep : earlierStep;
    numbers[count] = source.numbers[i] as number; // i is within the source
    const other = source.others?.get(i);
    if (other !== undefined) others.set(count, other);
  }
  return { steps: steps.slice(0, count), numbers: numbers.slice(0, count), others: others.size === 0 ? null : others };
}
