import type { RowBatch } from '@summa/core/history/row-batch';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { addDefinition } from '@summa/core/metric/add-definition';
import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import type { MetricState } from '@summa/core/metric/metric-state';
import { type DefinitionResolver, resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import { type Authorship, type ExplicitValues, NO_EXPLICIT_VALUES } from '@summa/core/summary/explicit-entry';
import {
  clearExplicit,
  deleteExplicit,
  type LoggedKeys,
  type SummaryBasis,
  setExplicit,
  supersedeByLog,
} from '@summa/core/summary/explicit-values';
import {
  derivedMetrics,
  documentValue,
  type SummarySource,
  summaryDocument,
} from '@summa/core/summary/summary-document';
import { MetricStates } from './metric-states.ts';
import { NumberRows } from './number-rows.ts';

/** What a run's summary is made of, as the server has it. */
export interface RunState {
  readonly states: Iterable<readonly [key: string, state: MetricState]>;
  readonly definitions: readonly MetricDefinition[];
  readonly explicit: ExplicitValues;
}

/**
 * A run's summary folded in this process, by the code that the server folds with: states, definitions, explicit values.
 *
 * It knows no percentiles, which need the whole history, and nothing that other writers log.
 */
export class LocalSummary {
  readonly #states = new MetricStates();
  /** Rows that are folded when somebody asks, or when they are many. */
  readonly #waiting = new NumberRows();
  #definitions: readonly MetricDefinition[] = [];
  #resolver: DefinitionResolver = resolveDefinitions([]);
  #explicit: ExplicitValues = NO_EXPLICIT_VALUES;

  /** The states of all that was logged. */
  get states(): MetricStates {
    this.#foldWaiting();
    return this.#states;
  }

  /** Begins with what the server has. */
  load({ states, definitions, explicit }: RunState): void {
    for (const [key, state] of states) this.#states.seed(key, state);
    this.#useDefinitions(definitions);
    this.#explicit = explicit;
  }

  /** The wire text of a row of numbers that nothing is wrong with, which `logDraft` then folds; null for any other row. */
  draft(values: object, step: number, time: number): string | null {
    return this.#waiting.draft(values, step, time);
  }

  /** Folds the row that was drafted last, now or later. */
  logDraft(): void {
    this.#waiting.keep();
    if (this.#waiting.isFull) this.#foldWaiting();
  }

  /** Folds one row of these values; explicit values at its keys give way to what is logged. */
  log(values: object, batch: RowBatch): void {
    this.#foldWaiting();
    this.#states.fold(batch);
    this.#supersede(batch.columns);
    this.#waiting.learn(values, batch);
  }

  /** Adds a definition; throws INVALID_DEFINITION when it makes no sense with the earlier ones. */
  define(definition: MetricDefinition): void {
    this.#useDefinitions(addDefinition(this.#definitions, definition));
  }

  /** Throws as core's `setExplicit`. */
  set(key: string, value: JsonValue): void {
    this.#foldWaiting();
    this.#explicit = setExplicit(this.#basis(key), { ...author(), key, value }).explicit;
  }

  delete(key: string): void {
    this.#foldWaiting();
    this.#explicit = deleteExplicit(this.#basis(key), { ...author(), key }).explicit;
  }

  clear(key: string): void {
    this.#foldWaiting();
    this.#explicit = clearExplicit(this.#basis(key), { ...author(), key }).explicit;
  }

  document(): JsonObject {
    return summaryDocument(this.#source());
  }

  /** What the document shows at a key; undefined when nothing. */
  value(key: string): JsonValue | undefined {
    return documentValue(key, this.#source());
  }

  #foldWaiting(): void {
    if (this.#waiting.isEmpty) return;
    const columns = this.#waiting.take();
    for (const [key, column] of columns) this.#states.foldColumn(key, column);
    this.#supersede(columns);
  }

  #supersede(logged: LoggedKeys): void {
    this.#explicit = supersedeByLog(this.#explicit, logged, author()).explicit;
  }

  #source(): SummarySource {
    this.#foldWaiting();
    return { states: this.#states.all, definitions: this.#resolver, explicit: this.#explicit };
  }

  #basis(key: string): SummaryBasis {
    return { explicit: this.#explicit, derived: derivedMetrics({ ...this.#source(), keys: [key] }) };
  }

  #useDefinitions(definitions: readonly MetricDefinition[]): void {
    this.#definitions = definitions;
    this.#resolver = resolveDefinitions(definitions);
  }
}

/** The server decides who, when and as which revision; here nobody asks. */
function author(): Authorship {
  return { revision: 0, by: null, at: Date.now() / 1000 };
}
