/** The formats of rows. */
export const ROW_FORMATS = ['ndjson', 'csv', 'arrow', 'columns'] as const;
/** The formats of a table of runs. */
export const RUN_FORMATS = ['ndjson', 'csv'] as const;

/** One of `ROW_FORMATS`. */
export type RowFormat = (typeof ROW_FORMATS)[number];
/** One of `RUN_FORMATS`. */
export type RunFormat = (typeof RUN_FORMATS)[number];

/** What each format is called by HTTP. */
export const CONTENT_TYPES: Readonly<Record<RowFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8; header=present',
  arrow: 'application/vnd.apache.arrow.stream',
  columns: 'application/vnd.summa.columns',
};

/** How the name of a file ends. */
export const FILE_ENDINGS: Readonly<Record<RowFormat, string>> = {
  ndjson: '.ndjson',
  csv: '.csv',
  arrow: '.arrows',
  columns: '.columns',
};
