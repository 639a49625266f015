import type { JsonValue } from '@summa/core/json/json-value';

/** Values of a tensor as rows of its last axis, each with its place. */
export interface ValueRow {
  /** Where the first value of the row stands, such as `[3, 0]`. */
  readonly place: string;
  readonly values: readonly JsonValue[];
}

const MOST_PER_ROW = 16;

/** Lays values of a tensor, from `offset` on, out in rows: those of its last axis, cut where they are long. */
export function valueRows(values: readonly JsonValue[], shape: readonly number[], offset = 0): readonly ValueRow[] {
  const last = shape[shape.length - 1] ?? 1;
  const perRow = Math.max(1, Math.min(last, MOST_PER_ROW));
  const rows: ValueRow[] = [];
  for (let at = 0; at < values.length; ) {
    const column = last === 0 ? 0 : (offset + at) % last;
    const count = Math.min(perRow, Math.max(1, last - column), values.length - at);
    rows.push({ place: placeOf(offset + at, shape), values: values.slice(at, at + count) });
    at += count;
  }
  return rows;
}

function placeOf(index: number, shape: readonly number[]): string {
  let rest = index;
  const place: number[] = [];
  for (const length of [...shape].reverse()) {
    place.unshift(length === 0 ? 0 : rest % length);
    rest = length === 0 ? 0 : Math.floor(rest / length);
  }
  return `[${place.join(', ')}]`;
}
