/**
 * How much one request may ask of the server. Each limit has an error code of its own, so that a program can tell them apart.
 *
 * The limits of one row (key length, nesting, values) are in `@summa/core`, because the client checks them too. Body size,
 * statement time and the sizes of files are the operator's (`SUMMA_MAX_BODY_BYTES`, `SUMMA_STATEMENT_TIMEOUT_MS`,
 * `SUMMA_MAX_FILE_BYTES`, `SUMMA_MAX_RUN_FILE_BYTES`).
 */
export const LIMITS = {
  /** Tokens of one GraphQL document. Values belong into variables, which are not counted here. TOO_MANY_TOKENS. */
  tokens: 4_000,
  /** Fields within fields of one operation. QUERY_TOO_DEEP. */
  depth: 15,
  /** Fields of one operation that are renamed. TOO_MANY_ALIASES. */
  aliases: 200,
  /** Fields that one operation may resolve, with every page taken as full. QUERY_TOO_COMPLEX. */
  complexity: 250_000,
  /** Items of a page when neither `first` nor `last` is given. */
  defaultPage: 50,
  /** Items of one page. PAGE_TOO_LARGE. */
  page: 1_000,
  /** Points of one key in one page of raw points. PAGE_TOO_LARGE. */
  points: 100_000,
  /** Buckets of one series. INVALID_RANGE. */
  buckets: 10_000,
  /** Keys that one field or mutation may name. LIST_TOO_LONG. */
  keys: 1_000,
  /** Buckets, raw points, values of rows and of columns of runs in one answer, over all keys and runs. RESPONSE_TOO_LARGE. */
  pointsInAll: 500_000,
  /** Columns of one table of runs. LIST_TOO_LONG. */
  columns: 250,
  /** Keys by which runs are grouped at once. LIST_TOO_LONG. */
  groupKeys: 8,
  /** Metrics that are summed up over groups of runs at once. LIST_TOO_LONG. */
  groupMetrics: 32,
  /** Numbers that are summed up over groups of runs at once, over all runs and metrics. RESPONSE_TOO_LARGE. */
  groupNumbers: 5_000_000,
  /** Percentiles of one metric asked for at once. LIST_TOO_LONG. */
  percentiles: 100,
  /** Characters of the name of a writer. TEXT_TOO_LONG. */
  writer: 128,
  /** Console lines that one mutation may send. LIST_TOO_LONG. */
  linesAtOnce: 10_000,
  /** Characters of one console line. TEXT_TOO_LONG. */
  line: 100_000,
  /** Bytes of console lines that one page may read. RESPONSE_TOO_LARGE. */
  lineBytes: 32 * 1024 * 1024,
  /** Processes of one run whose console lines are listed. */
  logSources: 1_000,
  /** Tags of one run. LIST_TOO_LONG. */
  tags: 100,
  /** Keys of an API key listing. */
  apiKeysListed: 1_000,
  /** Characters of a tag, a group, a job type, the name of an API key. TEXT_TOO_LONG. */
  label: 128,
  /** Characters of a display name or an email address. TEXT_TOO_LONG. */
  title: 256,
  /** Characters of a run's notes and of a project's description. TEXT_TOO_LONG. */
  prose: 100_000,
  /** Bytes of a run's config, and of its metadata, as JSON. DOCUMENT_TOO_LARGE. */
  documentBytes: 4 * 1024 * 1024,
  /** Bytes of folded summaries that one operation may read, over all runs. RESPONSE_TOO_LARGE. */
  summaryBytesInAll: 64 * 1024 * 1024,
  /** Bytes of config or metadata that one operation may read, over all runs. RESPONSE_TOO_LARGE. */
  documentBytesInAll: 64 * 1024 * 1024,
  /** Bytes of the path of a file, as UTF-8: what S3 allows for a key. INVALID_PATH. */
  filePath: 1_024,
  /** Characters of a content type. INVALID_CONTENT_TYPE. */
  contentType: 255,
  /** Files of one run. TOO_MANY_FILES. */
  filesPerRun: 100_000,
  /** Uploads of one run that are announced and not completed. TOO_MANY_UPLOADS. */
  openUploadsPerRun: 1_000,
  /** Uploads that one server receives at once; each holds up to 40 MB while it goes to S3. SERVER_BUSY. */
  uploadsAtOnce: 32,
  /** Downloads that one server sends at once. SERVER_BUSY. */
  downloadsAtOnce: 512,
  /** Exports that one server sends at once, each on a database connection of its own; at most half of the connections. TOO_MANY_EXPORTS. */
  exportsAtOnce: 4,
  /** Bytes of large bodies with rows that wait to be read, unless there is one alone. SERVER_BUSY. */
  bodyBytesWaiting: 512 * 1024 * 1024,
  /** Tensors that one server reads at once, each in a thread of its own. */
  tensorsAtOnce: 2,
  /** Tensors that wait to be read. SERVER_BUSY. */
  tensorsWaiting: 1_000,
  /** Milliseconds that reading one tensor may take. TENSOR_TIMEOUT. */
  tensorTimeMs: 60_000,
  /** Percentiles of one tensor asked for at once. LIST_TOO_LONG. */
  tensorPercentiles: 32,
  /** Values of a tensor in one answer. PAGE_TOO_LARGE. */
  tensorValues: 10_000,
  /** Datasets of an HDF5 file that are listed. */
  datasets: 1_000,
} as const;
