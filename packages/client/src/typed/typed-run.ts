import type { RunFieldsFragment } from '../generated/graphql.ts';
import type { MetricPoints } from '../read/points-block.ts';
import type { ReadOptions } from '../read/read-pages.ts';
import type { StoredRow } from '../read/read-rows.ts';
import type { SeriesOf, SeriesOptions } from '../read/read-series.ts';
import type { StepRange } from '../read/step-range.ts';
import type { StoredRun } from '../read/stored-run.ts';
import type { ConfigKey, MetricKey, ProjectShape, SummaryKey } from './project-shape.ts';
import type { ShownSummary } from './summary-value.ts';

/**
 * A run of a known project with what was asked for of its config and summary, by key text.
 *
 * A key that every run had when the types were written is taken to be there; whole numbers beyond 2^53 are the nearest
 * number. `stored` has everything else.
 */
export type TypedRun<
  Shape extends ProjectShape,
  Config extends ConfigKey<Shape> = never,
  Summary extends SummaryKey<Shape> = never,
> = RunFieldsFragment & TypedRunQuestions<Shape, Config, Summary>;

/** What can be asked of a run of a known project. */
export class TypedRunQuestions<
  Shape extends ProjectShape,
  Config extends ConfigKey<Shape>,
  Summary extends SummaryKey<Shape>,
> {
  readonly config: { readonly [Key in Config]: Shape['configValues'][Key] };
  readonly summary: ShownSummary<Shape, Summary>;
  /** The run with all questions, and no types of its keys. */
  readonly stored: StoredRun;

  constructor(stored: StoredRun, config: object, summary: object) {
    this.stored = stored;
    // `typed-runs` puts exactly the keys there that were asked for; the shape tells what runs have under them.
    this.config = config as { readonly [Key in Config]: Shape['configValues'][Key] };
    this.summary = summary as ShownSummary<Shape, Summary>;
  }

  /** Metrics in buckets of steps, in the order asked for. */
  series<const Keys extends readonly MetricKey<Shape>[]>(keys: Keys, options?: SeriesOptions): Promise<SeriesOf<Keys>> {
    return this.stored.series(keys, options);
  }

  /** All points of one metric. */
  points(key: MetricKey<Shape>, range?: StepRange, options?: ReadOptions): Promise<MetricPoints> {
    return this.stored.points(key, range, options);
  }

  /** All rows, or those that have one of `keys`, in ascending step order. */
  rows(
    options: ReadOptions & { readonly keys?: readonly MetricKey<Shape>[]; readonly range?: StepRange } = {},
  ): AsyncGenerator<StoredRow, void, undefined> {
    return this.stored.rows(options);
  }
}
