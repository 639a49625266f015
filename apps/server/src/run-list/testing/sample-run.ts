import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { foldColumn } from '@summa/core/metric/fold-column';
import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import { type MetricState, numericValue } from '@summa/core/metric/metric-state';
import { readStatistic } from '@summa/core/metric/read-statistic';
import type { FilterStatistic, RunField } from '@summa/core/query/run-target';
import type { RunView } from '@summa/core/query/run-view';

/** One run of a test: what is stored of it, spelled out. */
export interface SampleRun {
  readonly id: string;
  readonly fields: SampleFields;
  /** Leaves by key text. */
  readonly config: Readonly<Record<string, JsonValue>>;
  /** The values of each metric, at steps 0, 1, 2 … */
  readonly metrics: Readonly<Record<string, readonly JsonValue[]>>;
  /** By key text; undefined is a tombstone. */
  readonly explicit: Readonly<Record<string, JsonValue | undefined>>;
  /** The goal that is defined for every metric of the run but system metrics. */
  readonly goal: 'minimize' | 'maximize' | null;
}

/** The attributes of a run; times are in milliseconds since 1970. */
export interface SampleFields {
  readonly displayName: string;
  readonly state: 'running' | 'finished' | 'failed' | 'crashed';
  readonly group: string | null;
  readonly jobType: string | null;
  readonly userName: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly createdAt: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly heartbeatAt: number;
  readonly lastStep: number | null;
}

/** The folded states of a sample's metrics. */
export function sampleStates(run: SampleRun): Map<string, MetricState> {
  return new Map(Object.entries(run.metrics).map(([key, values]) => [key, foldValues(values)]));
}

/** The definitions of a sample. */
export function sampleDefinitions({ goal }: SampleRun): MetricDefinition[] {
  if (goal === null) return [];
  const quiet = { summary: [], stepMetric: null, stepSync: null, hidden: null, overwrite: false };
  return [{ ...quiet, name: '*', goal }];
}

/** The config of a sample, nested again: `a.b` stands in `a`. */
export function sampleConfig(run: SampleRun): JsonObject {
  const config: Record<string, Record<string, JsonValue> | JsonValue> = {};
  for (const [key, value] of Object.entries(run.config)) {
    const [outer = key, inner] = key.split('.');
    config[outer] = inner === undefined ? value : { [inner]: value };
  }
  return config;
}

/** A sample as core's filters and orders see it, by the documented rules and nothing of the database. */
export function sampleView(run: SampleRun): RunView {
  const states = sampleStates(run);
  return {
    id: run.id,
    field: (field) => FIELDS[field](run),
    config: (key) => comparable(run.config[key]),
    summary: (key, statistic) => summaryValue(run, { key, state: states.get(key), statistic }),
  };
}

const FIELDS: Record<RunField, (run: SampleRun) => JsonValue> = {
  NAME: (run) => run.id,
  DISPLAY_NAME: ({ fields }) => fields.displayName,
  STATE: ({ fields }) => fields.state.toUpperCase(),
  GROUP: ({ fields }) => fields.group,
  JOB_TYPE: ({ fields }) => fields.jobType,
  USER: ({ fields }) => fields.userName,
  NOTES: ({ fields }) => fields.notes,
  TAGS: ({ fields }) => fields.tags,
  CREATED_AT: ({ fields }) => fields.createdAt / 1000,
  STARTED_AT: ({ fields }) => fields.startedAt / 1000,
  FINISHED_AT: ({ fields }) => (fields.finishedAt === null ? null : fields.finishedAt / 1000),
  HEARTBEAT_AT: ({ fields }) => fields.heartbeatAt / 1000,
  LAST_STEP: ({ fields }) => fields.lastStep,
};

function summaryValue(
  run: SampleRun,
  { key, state, statistic }: { key: string; state: MetricState | undefined; statistic: FilterStatistic },
): JsonValue | undefined {
  if (statistic === 'VALUE') {
    const explicit = run.explicit[key];
    const isScalar = explicit !== undefined && explicit !== null && typeof explicit !== 'object';
    return comparable(isScalar ? explicit : (state?.last?.value ?? explicit));
  }
  if (state === undefined) return undefined;
  if (statistic === 'NAN_COUNT') return state.nanCount;
  const name = statistic.toLowerCase() as 'last' | 'stddev';
  // The definition is a glob, and globs skip system metrics.
  const goal = key.startsWith('system/') ? null : run.goal;
  const value = readStatistic(state, name, { goal });
  // The first and the last value of a text metric exist, but there is no number to compare.
  return value === undefined ? undefined : (numericValue(value) ?? Number.NaN);
}

/** Of a text that is longer than an operand may be only its existence is known. */
function comparable(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'string' && value.length > 1024 ? [] : value;
}

function foldValues(values: readonly JsonValue[]): MetricState {
  const steps = Float64Array.from(values, (_, i) => i);
  const numbers = Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN));
  const others = new Map([...values.entries()].filter(([, value]) => typeof value !== 'number'));
  return foldColumn({ steps, numbers, others }, steps);
}
