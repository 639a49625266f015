import { formatKey, parseKey } from '@summa/core/key/key-path';
import type { FilterStatistic, RunField, RunTarget } from '@summa/core/query/run-target';
import { ServerError } from '../../server-error.ts';

/** What the client calls the fields of a run, in either of its spellings. */
const FIELDS: Readonly<Record<string, RunField>> = {
  name: 'NAME',
  displayName: 'DISPLAY_NAME',
  state: 'STATE',
  group: 'GROUP',
  groupName: 'GROUP',
  jobType: 'JOB_TYPE',
  username: 'USER',
  user: 'USER',
  'user.username': 'USER',
  notes: 'NOTES',
  description: 'NOTES',
  tags: 'TAGS',
  createdAt: 'CREATED_AT',
  startedAt: 'STARTED_AT',
  finishedAt: 'FINISHED_AT',
  heartbeatAt: 'HEARTBEAT_AT',
  updatedAt: 'HEARTBEAT_AT',
};

/** Statistics that the client shows below the key of their metric. */
const STATISTICS: Readonly<Record<string, FilterStatistic>> = {
  min: 'MIN',
  max: 'MAX',
  mean: 'MEAN',
  best: 'BEST',
  last: 'LAST',
  first: 'FIRST',
};

/** Seconds from the beginning of a run to its last row. */
const RUNTIME: readonly RunTarget[] = [{ section: 'summary', key: '_runtime', statistic: 'VALUE' }];
const SUMMARY_SECTIONS = ['summary_metrics', 'summaryMetrics', 'summary'];
const LOGGED_KEYS = 'keys_info.keys.';

/**
 * What a name in a filter or an order of the client may mean, the likeliest first: dots part a path, but may also belong to a
 * key; `summary.loss.min` is a key or a statistic of `loss`; `config.lr` and `config.lr.value` are one.
 *
 * @throws ServerError INVALID_FILTER for a name that stands for nothing a run has
 */
export function readTargets(name: string): readonly RunTarget[] {
  if (name === 'duration') return RUNTIME;
  const field = FIELDS[camelCase(name)];
  if (field) return [{ section: 'field', field }];
  if (name.startsWith(LOGGED_KEYS)) return loggedTargets(parseKey(name.slice(LOGGED_KEYS.length)));
  const [section = '', ...path] = parseKey(name);
  if (path.length > 0 && section === 'config') return configTargets(path);
  if (path.length > 0 && SUMMARY_SECTIONS.includes(section)) return summaryTargets(path);
  const known = 'name, display_name, state, group, job_type, username, notes, tags, created_at, heartbeat_at, duration';
  throw new ServerError(
    'INVALID_FILTER',
    `runs cannot be found or ordered by ${JSON.stringify(name)}; use config.<key>, summary_metrics.<key>, ${known}`,
    ['filters'],
  );
}

function summaryTargets(path: readonly string[]): readonly RunTarget[] {
  if (path.join('.') === '_wandb.runtime') return RUNTIME;
  if (path.length === 1 && path[0] === '_step') return [{ section: 'field', field: 'LAST_STEP' }];
  const statistic = path.length > 1 ? STATISTICS[path.at(-1) ?? ''] : undefined;
  const parents = keysOf(path.slice(0, -1));
  const own = keysOf(path).map((key) => ({ section: 'summary', key, statistic: 'VALUE' }) as const);
  return statistic ? [...own, ...parents.map((key) => ({ section: 'summary', key, statistic }) as const)] : own;
}

function loggedTargets(path: readonly string[]): readonly RunTarget[] {
  return keysOf(path).map((key) => ({ section: 'summary', key, statistic: 'COUNT' }) as const);
}

function configTargets([name = '', ...below]: readonly string[]): readonly RunTarget[] {
  const inside = below[0] === 'value' ? keysOf([name, ...below.slice(1)]) : [];
  return [...inside, ...keysOf([name, ...below])].map((key) => ({ section: 'config', key }));
}

/** The keys that a path may be: itself, and one whose name has dots in it. */
function keysOf(path: readonly string[]): string[] {
  const nested = formatKey(path);
  return path.length > 1 ? [nested, formatKey([path.join('.')])] : [nested];
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
