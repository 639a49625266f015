import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';

/** A table as W&B's client writes it: names of columns, and rows. */
export interface Table {
  readonly columns: readonly JsonValue[];
  readonly data: readonly (readonly JsonValue[])[];
}

/** Reads the JSON of a table; null when it is none. */
export function readTable(value: JsonValue): Table | null {
  if (!isJsonObject(value) || !Array.isArray(value.columns) || !Array.isArray(value.data)) return null;
  return value.data.every((row: JsonValue) => Array.isArray(row)) ? (value as unknown as Table) : null;
}
