import type { BatchColumn, RowBatch } from '@summa/core/history/row-batch';
import type { JsonValue } from '@summa/core/json/json-value';
import { foldColumn, sampleState } from '@summa/core/metric/fold-column';
import { mergeStates } from '@summa/core/metric/merge-states';
import { emptyState, type MetricState } from '@summa/core/metric/metric-state';

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

  /** Folds rows that have a step and a time. */
  fold(batch: RowBatch): void {
    for (const [key, column] of batch.columns) {
      if (column.others === null && column.rows.length > 1 && this.#isBehind(key, column, batch.steps)) {
        this.#foldColumn(key, column, batch);
      } else this.#foldEach(key, column, batch);
    }
  }

  /** Puts the server's state of a metric in place of ours. */
  seed(key: string, state: MetricState): void {
    // Without the values, what lies before the last step is unknown: a value at that step is then uncertain too.
    this.#metrics.set(key, { before: state, all: state });
    this.uncertain.delete(key);
  }

  /** Whether the steps of a column ascend from beyond the metric's last one. */
  #isBehind(key: string, { rows }: BatchColumn, steps: Float64Array): boolean {
    let last = this.#metrics.get(key)?.all.last?.step ?? -1;
    for (const row of rows) {
      const step = steps[row] ?? 0;
      if (step <= last) return false;
      last = step;
    }
    return true;
  }

  #foldColumn(key: string, { rows, numbers }: BatchColumn, batch: RowBatch): void {
    const end = rows.length - 1;
    const known = this.#metrics.get(key)?.all ?? emptyState;
    const head = new Float64Array(numbers).subarray(0, end);
    const column = { steps: pick(batch.steps, rows, end), numbers: head, others: null };
    const before = mergeStates(known, foldColumn(column, pick(batch.times, rows, end)));
    const last = rows[end] ?? 0;
    const added = sampleState(numbers[end] ?? Number.NaN, batch.steps[last] ?? 0, batch.times[last] ?? 0);
    this.#metrics.set(key, { before, all: mergeStates(before, added) });
  }

  #foldEach(key: string, { rows, numbers, others }: BatchColumn, { steps, times }: RowBatch): void {
    for (const [i, row] of rows.entries()) {
      const value = others?.get(i) ?? (numbers[i] as JsonValue); // a column has a value
      this.#foldValue(key, sampleState(value, steps[row] ?? 0, times[row] ?? 0));
    }
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

/** What stands in the first `count` of these rows; a flat loop, because `log` waits for it. */
function pick(values: Float64Array, rows: readonly number[], count: number): Float64Array {
  const picked = new Float64Array(count);
  for (let i = 0; i < count; i++) picked[i] = values[rows[i] ?? 0] ?? 0;
  return picked;
}
