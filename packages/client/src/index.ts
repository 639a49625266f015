// biome-ignore-all lint/performance/noBarrelFile: the one door of the package.
export type { JsonObject, JsonValue } from '@summa/core/json/json-value';
export { type ErrorCode, SummaError } from '@summa/core/summa-error';
export type { ClientOptions } from './client-options.ts';
export { createClient, type ServerInfo, type SummaClient, type Viewer } from './create-client.ts';
export {
  BadInputError,
  ConflictError,
  clientError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  ServerFaultError,
} from './error-families.ts';
export type { FileSource, PassingSource, StreamSource } from './file/file-source.ts';
export type { DownloadOptions, StoredFile, StoredFiles } from './file/stored-files.ts';
export type { UploadOptions } from './file/upload-file.ts';
export type {
  FileFilter,
  Goal,
  KeySection,
  RunField,
  RunFilter,
  RunOrder,
  RunState,
  Statistic,
  SummaryCondition,
  ValueKind,
} from './generated/graphql.ts';
export type { DeliveryPolicy } from './live-run/delivery-policy.ts';
export type { LiveRun } from './live-run/live-run.ts';
export type { LiveSummary } from './live-run/live-summary.ts';
export type { LogValue, LogValues, RowPosition, TensorData } from './live-run/log-value.ts';
export type { LiveRunOptions } from './live-run/open-live-run.ts';
export type { MetricOptions } from './metric-options.ts';
export type { SpoolOptions } from './platform/platform.ts';
export type { MetricStatistics } from './read/metric-statistics.ts';
export type { MetricPoints } from './read/points-block.ts';
export type { ReadOptions } from './read/read-pages.ts';
export type { RowsOptions, StoredRow } from './read/read-rows.ts';
export type { KeyChoice, ListedRun, RunsOptions } from './read/read-runs.ts';
export type { RunSeries, RunsSeriesOptions } from './read/read-runs-series.ts';
export type { MetricSeries, SeriesOf, SeriesOptions } from './read/read-series.ts';
export type { TableOptions } from './read/read-table.ts';
export type { RunColumns, RunTable, SummaryColumn, TableColumn } from './read/run-table.ts';
export type { StepRange } from './read/step-range.ts';
export type { ProjectKey, StoredProject } from './read/stored-project.ts';
export type { StoredRun } from './read/stored-run.ts';
export type { StoredSummary, SummaryChanges, SummaryRevision } from './read/stored-summary.ts';
export type { StoredTensor } from './read/stored-tensor.ts';
export {
  type ClientErrorCode,
  type FailureCode,
  type ServerErrorCode,
  SummaClientError,
} from './summa-client-error.ts';
export { histogram } from './tensor/histogram.ts';
export type { TensorArray } from './tensor/npy-bytes.ts';
export type { Execute } from './transport/execute.ts';
export type { RequestOptions } from './transport/post-graphql.ts';
export type { ProjectShape, ShapeFilter, ShapeOrder } from './typed/project-shape.ts';
export type { MetricValue, ShownValue, SummaryStatistics } from './typed/summary-value.ts';
export { type TypedLiveRun, untyped } from './typed/typed-live-run.ts';
export type { TypedProject } from './typed/typed-project.ts';
export type { TypedRun } from './typed/typed-run.ts';
export type { TypedDocument } from './typed-document.ts';
export { type NonFiniteText, toNumber, toNumbers, type WireDouble } from './wire-scalars.ts';
