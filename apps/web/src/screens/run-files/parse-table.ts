import type { JsonObject, JsonValue } from '@summa/client';

/** Columns and rows of a file that is a table, as far as they are shown. */
export interface TableContent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly JsonValue[])[];
  /** Whether there are more rows than these. */
  readonly hasMore: boolean;
}

export const MOST_ROWS = 1_000;
export const MOST_COLUMNS = 200;

/** Reads CSV or TSV: the first record names the columns; quoted values may hold separators, line ends and doubled quotes. */
export function parseSeparated(text: string, separator: ',' | '\t', isCut: boolean): TableContent {
  const records: string[][] = [];
  let record: string[] = [];
  let value = '';
  let quoted = false;
  const endValue = () => {
    record.push(value);
    value = '';
  };
  const endRecord = () => {
    endValue();
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  };
  let i = 0;
  for (; i < text.length && records.length <= MOST_ROWS; i++) {
    const letter = text[i];
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (text[i + 1] === '"') {
        value += '"';
        i++;
      } else quoted = false;
    } else if (letter === '"' && value === '') quoted = true;
    else if (letter === separator) endValue();
    else if (letter === '\n') endRecord();
    else if (letter !== '\r' || text[i + 1] !== '\n') value += letter;
  }
  const isWhole = i >= text.length;
  // The last record of a file that was cut may be a part of one.
  if (isWhole && !isCut && (value !== '' || record.length > 0)) endRecord();
  const [columns = [], ...rows] = records;
  return { columns: columns.slice(0, MOST_COLUMNS), rows: rows.slice(0, MOST_ROWS), hasMore: isCut || !isWhole };
}

/** Reads a table as the `wandb` package stores it; null when it is none. */
export function readStoredTable(value: JsonValue): TableContent | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { columns, data } = value as JsonObject;
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every((row) => Array.isArray(row))) return null;
  return {
    columns: columns.slice(0, MOST_COLUMNS).map(String),
    rows: data.slice(0, MOST_ROWS),
    hasMore: data.length > MOST_ROWS,
  };
}
