import type { JsonValue } from '../json/json-value.ts';

/** Who changed the summary, when (seconds since 1970), and as which revision of it. */
export interface Authorship {
  readonly revision: number;
  readonly by: string | null;
  readonly at: number;
}

/** A value that somebody wrote at a path of the summary. */
export interface ExplicitValue extends Authorship {
  readonly key: string;
  readonly deleted: false;
  readonly value: JsonValue;
}

/** A mark that hides what is derived at a path and below it. */
export interface Tombstone extends Authorship {
  readonly key: string;
  readonly deleted: true;
}

/** One explicit value or tombstone. */
export type ExplicitEntry = ExplicitValue | Tombstone;

/** The explicit values of a run by key text; no value stands above another entry, a tombstone may. */
export type ExplicitValues = ReadonlyMap<string, ExplicitEntry>;

/** No explicit values. */
export const NO_EXPLICIT_VALUES: ExplicitValues = new Map();

/** What changed an explicit value: somebody (`set`, `delete`, `clear`), or a later log of the metric. */
export type ChangeCause = 'set' | 'delete' | 'clear' | 'log';

/** One change of the summary by hand, or its end. `from` and `to` are what the document showed; undefined is nothing. */
export interface SummaryChange extends Authorship {
  readonly key: string;
  readonly cause: ChangeCause;
  readonly from: JsonValue | undefined;
  readonly to: JsonValue | undefined;
}
