import type { RunField, RunGroupField, Statistic } from '../../generated/graphql.ts';
import { quoteKey, unquoteKey } from './quoted-text.ts';

/** What a run itself has, as columns show it. */
export type FieldName = keyof typeof FIELDS;

/** One column of the table: something of the run, a value of its config, or a statistic of a metric. */
export type Column =
  | { readonly kind: 'field'; readonly field: FieldName }
  | { readonly kind: 'config'; readonly key: string }
  | { readonly kind: 'summary'; readonly key: string; readonly statistic: Statistic };

interface FieldFacts {
  readonly label: string;
  /** What filters and orders call it; null where they cannot ask for it. */
  readonly api: RunField | null;
  readonly width: number;
}

/** Every column that is not a key, by the name that it has in an address. */
export const FIELDS = {
  name: { label: 'Name', api: 'DISPLAY_NAME', width: 240 },
  state: { label: 'State', api: 'STATE', width: 104 },
  created: { label: 'Created', api: 'CREATED_AT', width: 104 },
  runtime: { label: 'Runtime', api: null, width: 104 },
  tags: { label: 'Tags', api: 'TAGS', width: 160 },
  user: { label: 'User', api: 'USER', width: 120 },
  group: { label: 'Group', api: 'GROUP', width: 128 },
  job: { label: 'Job type', api: 'JOB_TYPE', width: 112 },
  step: { label: 'Last step', api: 'LAST_STEP', width: 104 },
  started: { label: 'Started', api: 'STARTED_AT', width: 104 },
  finished: { label: 'Finished', api: 'FINISHED_AT', width: 104 },
  heard: { label: 'Last heard of', api: 'HEARTBEAT_AT', width: 120 },
  notes: { label: 'Notes', api: 'NOTES', width: 240 },
  id: { label: 'Run name', api: 'NAME', width: 144 },
} as const satisfies Record<string, FieldFacts>;

/** The statistics that one can choose for a metric, with what people call them. */
export const STATISTICS: readonly (readonly [Statistic, string])[] = [
  ['VALUE', 'Value shown'],
  ['LAST', 'Last'],
  ['MIN', 'Min'],
  ['MAX', 'Max'],
  ['MEAN', 'Mean'],
  ['BEST', 'Best'],
  ['FIRST', 'First'],
  ['STDDEV', 'Standard deviation'],
  ['VARIANCE', 'Variance'],
  ['SUM', 'Sum'],
  ['COUNT', 'Count'],
  ['NAN_COUNT', 'Count of NaN'],
];

const CONFIG = 'config.';

/** A column as it stands in an address: `@state`, `config.lr`, `val/loss`, `val/loss:min`. */
export function columnId(column: Column): string {
  if (column.kind === 'field') return `@${column.field}`;
  if (column.kind === 'config') return `${CONFIG}${quoteKey(column.key)}`;
  const key = column.key.startsWith(CONFIG) ? JSON.stringify(column.key) : quoteKey(column.key);
  return column.statistic === 'VALUE' ? key : `${key}:${column.statistic.toLowerCase()}`;
}

/** The column that an address names; null for none. */
export function parseColumnId(text: string): Column | null {
  if (text.startsWith('@')) {
    const field = text.slice(1);
    return isField(field) ? { kind: 'field', field } : null;
  }
  if (text.startsWith(CONFIG)) {
    const key = unquoteKey(text.slice(CONFIG.length));
    return key === null ? null : { kind: 'config', key };
  }
  const cut = text.startsWith('"') ? text.lastIndexOf('"') + 1 : text.search(/:|$/);
  const key = unquoteKey(text.slice(0, cut));
  const statistic = STATISTICS.find(([name]) => `:${name.toLowerCase()}` === text.slice(cut))?.[0];
  if (key === null || (statistic === undefined && cut < text.length)) return null;
  return { kind: 'summary', key, statistic: statistic ?? 'VALUE' };
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

/** A column in plain words: `State`, `lr`, `val/loss · min`. */
export function columnWords(column: Column): string {
  if (column.kind === 'field') return FIELDS[column.field].label;
  const statistic = column.kind === 'summary' ? statisticWord(column.statistic) : '';
  return statistic === '' ? column.key : `${column.key} · ${statistic}`;
}

/** A statistic beside its key; nothing for the value that the summary shows. */
export function statisticWord(statistic: Statistic): string {
  if (statistic === 'VALUE') return '';
  const words: Partial<Record<Statistic, string>> = { STDDEV: 'std', NAN_COUNT: 'NaN count' };
  return words[statistic] ?? statistic.toLowerCase();
}

/** What filters and orders call a column; null for what they cannot ask for. */
export function columnTarget(column: Column) {
  if (column.kind === 'config') return { config: column.key };
  if (column.kind === 'summary') return { summary: { key: column.key, statistic: column.statistic } };
  const field = FIELDS[column.field].api;
  return field === null ? null : { field };
}

/** How wide a column is until somebody says otherwise. */
export function defaultWidth(column: Column): number {
  if (column.kind === 'field') return FIELDS[column.field].width;
  const letters =
    Math.max(column.key.length, 0) + (column.kind === 'summary' ? statisticWord(column.statistic).length : 0);
  return Math.min(220, Math.max(128, Math.round((letters * 7.5 + 44) / 4) * 4));
}

/** Whether runs can be ordered by a column. */
export function isSortable(column: Column): boolean {
  return columnTarget(column) !== null && !(column.kind === 'field' && column.field === 'tags');
}

/** Whether runs can be grouped by a column. */
export function isGroupable(column: Column): boolean {
  return column.kind === 'config' || (column.kind === 'field' && groupField(column.field) !== null);
}

/** What grouping calls a field. */
export function groupField(field: FieldName): RunGroupField | null {
  switch (field) {
    case 'name':
      return 'DISPLAY_NAME';
    case 'state':
      return 'STATE';
    case 'group':
      return 'GROUP';
    case 'job':
      return 'JOB_TYPE';
    case 'user':
      return 'USER';
    case 'tags':
      return 'TAGS';
    default:
      return null;
  }
}
