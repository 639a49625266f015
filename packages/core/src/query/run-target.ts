/** The fields of a run that filters and orders may name, with the type of their values. */
export const RUN_FIELD_TYPES = {
  NAME: 'text',
  DISPLAY_NAME: 'text',
  STATE: 'text',
  GROUP: 'text',
  JOB_TYPE: 'text',
  USER: 'text',
  NOTES: 'text',
  TAGS: 'tags',
  CREATED_AT: 'time',
  STARTED_AT: 'time',
  FINISHED_AT: 'time',
  HEARTBEAT_AT: 'time',
  LAST_STEP: 'number',
} as const;

/** A field of a run that filters and orders may name. */
export type RunField = keyof typeof RUN_FIELD_TYPES;

/** Text, a list of texts, a time (in seconds since 1970), or a number. */
export type RunFieldType = (typeof RUN_FIELD_TYPES)[RunField];

/**
 * The statistics of a metric that filters and orders may name. VALUE is what the summary document shows under the key
 * when that is a scalar (an explicit value included), else the last value. Percentiles need the columns, so they are not here.
 */
export const FILTER_STATISTICS = [
  'VALUE',
  'LAST',
  'FIRST',
  'MIN',
  'MAX',
  'MEAN',
  'BEST',
  'COUNT',
  'NAN_COUNT',
  'SUM',
  'VARIANCE',
  'STDDEV',
] as const;

/** A statistic of a metric that filters and orders may name. */
export type FilterStatistic = (typeof FILTER_STATISTICS)[number];

/** What a condition or an order looks at: a field, a config key (key text), or a statistic of a summary key (key text). */
export type RunTarget =
  | { readonly section: 'field'; readonly field: RunField }
  | { readonly section: 'config'; readonly key: string }
  | { readonly section: 'summary'; readonly key: string; readonly statistic: FilterStatistic };
