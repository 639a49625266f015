import type { RowBatch } from '@summa/core/history/row-batch';
import type { JsonValue } from '@summa/core/json/json-value';
import { foldColumn, sampleState } from '@summa/core/metric/fold-column';
import { mergeStates } from '@summa/core/metric/merge-states';
import { emptyState, type MetricState } from '@summa/core/metric/metric-state';
import type { NumberColumn } from './number-rows.ts';

interface MetricHistory {
  /** Everything before the last step. */
  readonly before: MetricState;
  /** Everything. */
  readonly all: MetricState;
}

/**
 * The states of a run's metrics, folded from what is logged as the server folds it.
 *
 * A value at the metric's last step replaces the one there. One at an earlier step may replace a value that is not
 * known any more: the key is then in `uncertain`, until `seed` says what the server has folded.
 */
export class MetricStates {
  readonly uncertain: Set<string> = new Set();
  readonly #metrics = new Map<string, MetricHistory>();

  /** The states by key text. */
  get all(): ReadonlyMap<string, MetricState> {
    return new Map(Array.from(this.#metrics, ([key, { all }]) => [key, all]));
  }

  get(key: string): MetricState | undefined {
    return this.#metrics.get(key)?.all;
  }

  /** Folds one row: a batch of exactly one, with a step and a time. */
  fold(batch: RowBatch): void {
    const step = batch.steps[0] ?? 0;
    const time = batch.times[0] ?? 0;
    for (const [key, { numbers, others }] of batch.columns) {
      this.#foldValue(key, sampleState(others?.get(0) ?? (numbers[0] as JsonValue), step, time)); // a column has a value
    }
  }

  /** Folds values of one metric, as if they came row by row. */
  foldColumn(key: string, column: NumberColumn): void {
    const end = column.numbers.length - 1;
    const last = sampleAt(column, end);
    if (end > 0 && this.#isBehind(key, column.steps)) {
      const known = this.#metrics.get(key)?.all ?? emptyState;
      const steps = column.steps.subarray(0, end);
      const head = foldColumn({ steps, numbers: column.numbers.subarray(0, end), others: null }, column.times);
      const before = mergeStates(known, head);
      this.#metrics.set(key, { before, all: mergeStates(before, last) });
      return;
    }
    for (let i = 0; i <= end; i++) this.#foldValue(key, sampleAt(column, i));
  }

  /** Puts the server's state of a metric in place of ours. */
  seed(key: string, state: MetricState): void {
    // Without the values, what lies before the last step is unknown: a value at that step is then uncertain too.
    this.#metrics.set(key, { before: state, all: state });
    this.uncertain.delete(key);
  }

  /** Whether steps ascend from beyond the metric's last one. */
  #isBehind(key: string, steps: Float64Array): boolean {
    let last = this.#metrics.get(key)?.all.last?.step ?? -1;
    for (const step of steps) {
      if (step <= last) return false;
      last = step;
    }
    return true;
  }

  #foldValue(key: string, added: MetricState): void {
    const known = this.#metrics.get(key) ?? { before: emptyState, all: emptyState };
    const lastStep = known.all.last?.step ?? -1;
    const step = added.last?.step ?? 0;
    if (step > lastStep) {
      this.#metrics.set(key, { before: known.all, all: mergeStates(known.all, added) });
      return;
    }
    const isReplaceable = step === lastStep && known.before !== known.all;
    if (!isReplaceable) this.uncertain.add(key);
    const before = isReplaceable ? known.before : known.all;
    this.#metrics.set(key, { before, all: mergeStates(before, added) });
  }
}

function sampleAt({ numbers, steps, times }: NumberColumn, i: number): MetricState {
  return sampleState(numbers[i] ?? Number.NaN, steps[i] ?? 0, times[i] ?? 0);
}
