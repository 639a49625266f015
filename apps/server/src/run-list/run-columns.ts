import type { FilterStatistic, RunField } from '@summa/core/query/run-target';
import { MAX_FIELD_TEXT } from './field-row.ts';
import type { RunStatement } from './run-statement.ts';

/** A column, or an expression over columns, that gives one value of a run. */
export interface RunColumn {
  readonly sql: string;
  readonly type: 'text' | 'tags' | 'time' | 'number';
  readonly nullable: boolean;
}

const TEXT = { type: 'text', nullable: false } as const;
const TIME = { type: 'time', nullable: false } as const;
const NUMBER = { type: 'number', nullable: true } as const;

/** Where each field of a run lies. STATE is as the API spells it: `RUNNING`, not `running`. */
const FIELD_COLUMNS: Record<RunField, (statement: RunStatement) => RunColumn> = {
  NAME: (statement) => ({ ...TEXT, sql: `${statement.run()}.name` }),
  DISPLAY_NAME: (statement) => ({ ...TEXT, sql: `${statement.run()}.display_name` }),
  STATE: (statement) => ({ ...TEXT, sql: `upper(${statement.run()}.state)` }),
  GROUP: (statement) => ({ ...TEXT, sql: `${statement.run()}."group"`, nullable: true }),
  JOB_TYPE: (statement) => ({ ...TEXT, sql: `${statement.run()}.job_type`, nullable: true }),
  USER: (statement) => ({ ...TEXT, sql: `${statement.user()}.name`, nullable: true }),
  NOTES: (statement) => ({ ...TEXT, sql: `${statement.run()}.notes` }),
  TAGS: (statement) => ({ type: 'tags', sql: `${statement.run()}.tags`, nullable: false }),
  CREATED_AT: (statement) => ({ ...TIME, sql: `${statement.run()}.created_at` }),
  STARTED_AT: (statement) => ({ ...TIME, sql: `${statement.run()}.started_at` }),
  FINISHED_AT: (statement) => ({ ...TIME, sql: `${statement.run()}.finished_at`, nullable: true }),
  HEARTBEAT_AT: (statement) => ({ ...TIME, sql: `${statement.summary()}.heartbeat_at` }),
  LAST_STEP: (statement) => ({ ...NUMBER, sql: `${statement.summary()}.last_step::float8` }),
};

/** The column of a run's field; joins the table that it lies in. */
export function fieldColumn(statement: RunStatement, field: RunField): RunColumn {
  return FIELD_COLUMNS[field](statement);
}

/** The column that a field is sorted by. Of notes it is the beginning, so that a cursor stays short. */
export function fieldSortColumn(statement: RunStatement, field: RunField): RunColumn {
  const column = fieldColumn(statement, field);
  return field === 'NOTES' ? { ...column, sql: `left(${column.sql}, ${MAX_FIELD_TEXT})` } : column;
}

/** A statistic other than VALUE: always a number, or missing. */
export type NumericStatistic = Exclude<FilterStatistic, 'VALUE'>;

const STATISTIC_COLUMNS: Record<NumericStatistic, (alias: string) => string> = {
  LAST: (alias) => `${alias}.last`,
  FIRST: (alias) => `${alias}.first`,
  MIN: (alias) => `${alias}.min`,
  MAX: (alias) => `${alias}.max`,
  MEAN: (alias) => `${alias}.mean`,
  SUM: (alias) => `${alias}.sum`,
  COUNT: (alias) => `${alias}.count::float8`,
  NAN_COUNT: (alias) => `${alias}.nan_count::float8`,
  VARIANCE: (alias) => `${alias}.variance`,
  STDDEV: (alias) => `sqrt(${alias}.variance)`,
  BEST: (alias) => `${alias}.best`,
};

/** The number of a statistic in a field; null when the metric has none, or it is NaN. */
export function statisticSql(alias: string, statistic: NumericStatistic): string {
  return STATISTIC_COLUMNS[statistic](alias);
}

/** Whether a statistic of a field exists: a metric that was ever logged has a first and a last value of whatever type. */
export function statisticExistsSql(alias: string, statistic: NumericStatistic): string {
  const column = statistic === 'LAST' || statistic === 'FIRST' ? `${alias}.count` : statisticSql(alias, statistic);
  return `${column} IS NOT NULL`;
}
