import type { CaseResult } from './compare.ts';

/** How a row is to be measured. */
export interface BenchOptions {
  /** Small sizes and one round: whether the row works, not how fast anything is. */
  readonly quick: boolean;
  /** Called when there is something to say on the way. */
  readonly say: (text: string) => void;
}

/** One row of the benchmark: a work of the whole stack held against a baseline. Its results are the file of its name. */
export interface BenchRow {
  /** Letters and dashes: what `--only` takes, and the name of the file of results. */
  readonly name: string;
  readonly title: string;
  /** Starts what it needs, measures its cases one after the other, and ends what it started. */
  measure(options: BenchOptions): Promise<CaseResult[]>;
}
