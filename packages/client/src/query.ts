// biome-ignore-all lint/performance/noBarrelFile: the door `@summa/client/query`.
export type { JsonObject, JsonValue } from '@summa/core/json/json-value';
export { type ErrorCode, SummaError } from '@summa/core/summa-error';
export type { ClientOptions } from './client-options.ts';
export { createQueryClient as createClient, type QueryClient } from './create-query-client.ts';
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
export type { MetricPoints } from './read/points-block.ts';
export { readPoints } from './read/read-points.ts';
export { readRows, type StoredRow } from './read/read-rows.ts';
export { type MetricSeries, readSeries, type SeriesOptions } from './read/read-series.ts';
export type { StepRange } from './read/step-range.ts';
export { type ClientErrorCode, SummaClientError } from './summa-client-error.ts';
export type { Execute } from './transport/execute.ts';
export type { RequestOptions } from './transport/post-graphql.ts';
export type { TypedDocument } from './typed-document.ts';
export { type NonFiniteText, toNumber, toNumbers, type WireDouble } from './wire-scalars.ts';
