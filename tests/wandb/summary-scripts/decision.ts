import type { JsonValue } from '@summa/core/json/json-value';
import type { ClientView } from './client-view.ts';
import type { Wish } from './expected-summary.ts';
import type { Event, Path } from './naive-run.ts';

/** A leaf at which the client's summary and ours differ; undefined where one shows nothing. */
export interface Difference {
  readonly events: readonly Event[];
  readonly path: Path;
  readonly client: JsonValue | undefined;
  readonly ours: JsonValue | undefined;
  /** Null where nothing was logged. */
  readonly metric: DifferentMetric | null;
}

/** The metric that a difference is about. */
export interface DifferentMetric {
  readonly path: Path;
  /** Empty where the path is that of the metric itself. */
  readonly statistic: string;
  readonly values: readonly JsonValue[];
  /** Where its last value stands among the events. */
  readonly lastRow: number;
  readonly client: ClientView;
  /** What our definitions ask for in the end. */
  readonly ours: Wish;
  /** Whether the client shows anything at, above or below the metric. */
  readonly isShownByClient: boolean;
}

/** Why the client's summary and ours differ, on purpose. */
export interface Decision {
  readonly name: string;
  readonly sentence: string;
  /** It depends on what the client happens to send in one request, so that no script is sure to need it. */
  readonly isByChance?: true;
  /** Whether it is what makes this difference: as narrow as it can be. */
  readonly explains: (difference: Difference) => boolean;
}
