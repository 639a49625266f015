import type { AlignedBatch, AlignedColumn } from '@summa/core/history/align-batch';
import type { JsonValue } from '@summa/core/json/json-value';
import type { KeyKind } from '../metric/metric-keys.ts';

/** Each key of a batch with the kind of its first value. */
export function keyKinds(aligned: AlignedBatch): { key: string; kind: KeyKind }[] {
  return [...aligned.columns].map(([key, column]) => ({ key, kind: firstKind(column) }));
}

/** What kind of value this is, as the API names it; a bigint is a number. */
export function kindOf(value: JsonValue): KeyKind {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    default:
      return Array.isArray(value) ? 'list' : 'object';
  }
}

function firstKind(column: AlignedColumn): KeyKind {
  const other = column.others?.get(0);
  return other === undefined ? 'number' : kindOf(other);
}
