// biome-ignore-all lint/performance/noBarrelFile: the door `@summa/client/log`.
export type { JsonObject, JsonValue } from '@summa/core/json/json-value';
export { type ErrorCode, SummaError } from '@summa/core/summa-error';
export type { ClientOptions } from './client-options.ts';
export { createLogClient as createClient, type LogClient } from './create-log-client.ts';
export {
  BadInputError,
  ConflictError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  ServerFaultError,
} from './error-families.ts';
export type { DeliveryPolicy } from './live-run/delivery-policy.ts';
export type { LiveRun } from './live-run/live-run.ts';
export type { LiveSummary } from './live-run/live-summary.ts';
export type { LogValue, LogValues, RowPosition, TensorData } from './live-run/log-value.ts';
export type { LiveRunOptions } from './live-run/open-live-run.ts';
export type { MetricOptions } from './metric-options.ts';
export { type ClientErrorCode, SummaClientError } from './summa-client-error.ts';
