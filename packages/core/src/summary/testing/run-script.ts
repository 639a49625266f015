import { expect, it } from 'vitest';
import { alignBatch, columnOf } from '../../history/align-batch.ts';
import type { Column } from '../../history/column.ts';
import { mergeColumns } from '../../history/merge-columns.ts';
import { numericValues } from '../../history/numeric-values.ts';
import { parseRows } from '../../history/parse-rows.ts';
import { quantiles } from '../../history/quantile.ts';
import { formatJson } from '../../json/format-json.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { parseJson } from '../../json/parse-json.ts';
import { formatElement } from '../../key/key-path.ts';
import { addDefinition } from '../../metric/add-definition.ts';
import { foldColumn } from '../../metric/fold-column.ts';
import { mergeStates } from '../../metric/merge-states.ts';
import { type MetricDefinition, parseDefinition } from '../../metric/metric-definition.ts';
import { emptyState, type MetricState } from '../../metric/metric-state.ts';
import { decodeStates, encodeStates } from '../../metric/metric-state-codec.ts';
import { resolveDefinitions } from '../../metric/resolve-definitions.ts';
import { type ExplicitValues, NO_EXPLICIT_VALUES, type SummaryChange } from '../explicit-entry.ts';
import { explicitFromJson, explicitToJson } from '../explicit-json.ts';
import { clearExplicit, deleteExplicit, type ExplicitUpdate, setExplicit, supersedeByLog } from '../explicit-values.ts';
import { derivedMetrics, summaryDocument } from '../summary-document.ts';

/** What one metric of a script holds: its column with times, and the state folded as the rows came. */
interface ScriptMetric {
  readonly column: Column;
  readonly timeOfStep: ReadonlyMap<number, number>;
  readonly state: MetricState;
}

/** Whether a vector expects what W&B does, what it gets wrong, or what it does not have. */
export type VectorTag = 'compat' | 'fixed' | 'beyond';

/** Plays a script and compares the summary document at its end. */
export function vector(tag: VectorTag, fact: string, play: (run: RunScript) => unknown, expected: JsonObject): void {
  it(`${tag}: ${fact}`, () => {
    const run = new RunScript();
    play(run);
    expect(run.summary()).toEqual(expected);
  });
}

/** A run played through the real reducers: rows are parsed, folded as they come, and shown as a document. */
export class RunScript {
  metrics: Map<string, ScriptMetric> = new Map();
  definitions: MetricDefinition[] = [];
  explicit: ExplicitValues = NO_EXPLICIT_VALUES;
  changes: SummaryChange[] = [];
  #lastStep = -1;
  #clock = 1000;
  #revision = 0;

  /** Logs one row, at the next step unless one is given. */
  log(values: object, step?: number): this {
    return this.logRows([step === undefined ? { values } : { step, values }]);
  }

  logRows(rows: readonly object[]): this {
    const batch = parseRows(rows);
    const aligned = alignBatch(batch, { nextStep: this.#lastStep + 1, now: this.#clock++ });
    for (const key of aligned.columns.keys()) this.#fold(key, columnOf(aligned, key));
    this.#lastStep = Math.max(this.#lastStep, ...aligned.steps);
    return this.#apply(supersedeByLog(this.explicit, batch.columns, this.#author()));
  }

  /** Logs one key several times. */
  logEach(key: string, values: readonly unknown[]): this {
    for (const value of values) this.log({ [key]: value });
    return this;
  }

  define(name: string, summary: string | string[] = [], more: object = {}): this {
    this.definitions = addDefinition(this.definitions, parseDefinition({ name, summary, ...more }));
    return this;
  }

  set(key: string, value: JsonValue): this {
    return this.#apply(setExplicit(this.#basis(), { ...this.#author(), key, value }));
  }

  delete(key: string): this {
    return this.#apply(deleteExplicit(this.#basis(), { ...this.#author(), key }));
  }

  clear(key: string): this {
    return this.#apply(clearExplicit(this.#basis(), { ...this.#author(), key }));
  }

  /** Stores everything as the server does, and reads it back into a new process. */
  resume(): this {
    const keys = [...this.metrics.keys()];
    const states = decodeStates(encodeStates(new Map(keys.map((key, id) => [id, this.#metric(key).state]))));
    for (const [id, key] of keys.entries()) {
      this.metrics.set(key, { ...this.#metric(key), state: states.get(id) ?? emptyState });
    }
    this.explicit = explicitFromJson(parseJson(formatJson(explicitToJson(this.explicit))));
    return this;
  }

  /** The document; it is the same when every state is folded again from its column, or when one key is asked for. */
  summary(): JsonObject {
    const document = this.#document((metric) => metric.state);
    expect(this.#document((metric) => foldColumn(metric.column, timesOf(metric)))).toEqual(document);
    const keys = Object.keys(document);
    expect(this.#document((metric) => metric.state, keys.map(formatElement))).toEqual(document);
    return document;
  }

  #document(stateOf: (metric: ScriptMetric) => MetricState, keys?: string[]): JsonObject {
    const states = [...this.metrics].map(([key, metric]) => [key, stateOf(metric)] as const);
    return summaryDocument({
      states,
      definitions: resolveDefinitions(this.definitions),
      explicit: this.explicit,
      quantile: (key, p) => quantiles(numericValues(this.#metric(key).column), [p])[0],
      ...(keys && { keys }),
    });
  }

  #fold(key: string, added: { column: Column; times: Float64Array }): void {
    const known = this.metrics.get(key);
    const column = mergeColumns([...(known ? [known.column] : []), added.column]);
    const timeOfStep = new Map(known?.timeOfStep);
    added.column.steps.forEach((step, i) => {
      timeOfStep.set(step, added.times[i] ?? Number.NaN);
    });
    const isAppended = (added.column.steps[0] ?? 0) > (known?.state.last?.step ?? -1);
    const state = isAppended
      ? mergeStates(known?.state ?? emptyState, foldColumn(added.column, added.times))
      : foldColumn(column, timesOf({ column, timeOfStep }));
    this.metrics.set(key, { column, timeOfStep, state });
  }

  #metric(key: string): ScriptMetric {
    const metric = this.metrics.get(key);
    if (!metric) throw new Error(`the script never logged ${key}`);
    return metric;
  }

  #basis() {
    const states = [...this.metrics].map(([key, metric]) => [key, metric.state] as const);
    const definitions = resolveDefinitions(this.definitions);
    return { explicit: this.explicit, derived: derivedMetrics({ states, definitions }) };
  }

  #author() {
    return { revision: ++this.#revision, by: 'ada', at: this.#clock++ };
  }

  #apply({ explicit, changes }: ExplicitUpdate): this {
    this.explicit = explicit;
    this.changes.push(...changes);
    return this;
  }
}

function timesOf({ column, timeOfStep }: Pick<ScriptMetric, 'column' | 'timeOfStep'>): Float64Array {
  return column.steps.map((step) => timeOfStep.get(step) ?? Number.NaN);
}
