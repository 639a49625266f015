import type { JsonValue } from '@summa/core/json/json-value';
import type { LiveRun } from '../live-run/live-run.ts';
import type { LiveSummary } from '../live-run/live-summary.ts';
import type { RowPosition } from '../live-run/log-value.ts';
import type { MetricOptions } from '../metric-options.ts';
import type { Logged, MetricKey, ProjectShape, ShapeRow, SummaryKey } from './project-shape.ts';

/** The live summary of a run whose project's keys are known. */
export interface TypedLiveSummary<Shape extends ProjectShape>
  extends Omit<LiveSummary, 'clear' | 'delete' | 'get' | 'set'> {
  /** See `LiveSummary.get`. With a definition that asks for statistics it is an object of them, so it is any JSON. */
  get(key: SummaryKey<Shape>): JsonValue | undefined;
  set<Key extends SummaryKey<Shape>>(key: Key, value: Exclude<Shape['summary'][Key], undefined>): void;
  delete(key: SummaryKey<Shape>): void;
  clear(key: SummaryKey<Shape>): void;
}

/** A `LiveRun` whose project's metrics are known: one that no run has logged does not compile. */
export interface TypedLiveRun<Shape extends ProjectShape> extends Omit<LiveRun, 'defineMetric' | 'log' | 'summary'> {
  readonly summary: TypedLiveSummary<Shape>;
  /** See `LiveRun.log`. A metric that is new on purpose is logged by `untyped(run)`. */
  log<Row extends ShapeRow<Shape['row']>>(values: Logged<Row, ShapeRow<Shape['row']>>, position?: RowPosition): void;
  /** See `LiveRun.defineMetric`; a glob may name what nobody has logged. */
  defineMetric(name: MetricKey<Shape> | `${string}*${string}`, options?: MetricOptions): void;
}

/** A live run of a known project; it is the very same object. */
export function typed<Shape extends ProjectShape>(run: LiveRun): TypedLiveRun<Shape> {
  // Its methods take more than the typed ones let through, and answer the same.
  return run as unknown as TypedLiveRun<Shape>;
}

/** The same run, for what its types do not know: a metric that is logged for the first time. */
export function untyped<Shape extends ProjectShape>(run: TypedLiveRun<Shape>): LiveRun {
  // Only `typed` makes one, of a LiveRun.
  return run as unknown as LiveRun;
}
