import { MAX_KEY_LENGTH } from '../key/key-limits.ts';
import { formatKey, parseKey } from '../key/key-path.ts';
import { type QueryInput, readText, readWord, refuse } from './query-input.ts';
import { FILTER_STATISTICS, RUN_FIELD_TYPES, type RunField, type RunTarget } from './run-target.ts';

// Object.keys gives the names that the table was written with, and no others.
const RUN_FIELDS = Object.keys(RUN_FIELD_TYPES) as RunField[];

/** Reads the name of a run's field. */
export function parseFieldTarget(name: QueryInput): RunTarget {
  return { section: 'field', field: readWord(name, RUN_FIELDS) };
}

/** Reads a config key; its text is brought to the form that keys are stored in. */
export function parseConfigTarget(key: QueryInput): RunTarget {
  return { section: 'config', key: readKey(key) };
}

/** Reads a summary key and a statistic, which is VALUE when not given. */
export function parseSummaryTarget(key: QueryInput, statistic: QueryInput | undefined): RunTarget {
  return {
    section: 'summary',
    key: readKey(key),
    statistic: statistic === undefined ? 'VALUE' : readWord(statistic, FILTER_STATISTICS),
  };
}

function readKey(input: QueryInput): string {
  const key = formatKey(parseKey(readText(input, MAX_KEY_LENGTH)));
  if (key === '') throw refuse(input, 'an empty key; name one');
  return key;
}
