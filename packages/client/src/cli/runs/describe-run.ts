import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { formatElement } from '@summa/core/key/key-path';
import type { RunFieldsFragment } from '../../generated/graphql.ts';
import type { MetricStatistics } from '../../read/metric-statistics.ts';
import { duration } from '../import-progress.ts';
import { formatCell, formatTime } from '../terminal/format-cell.ts';
import { formatTable, type TableColumn, type TableSpace } from '../terminal/format-table.ts';
import { printable } from '../terminal/text-width.ts';
import { paintState } from './runs-table.ts';

/** All that is shown of a run. */
export interface RunContents {
  readonly run: RunFieldsFragment;
  readonly config: JsonObject;
  readonly summary: JsonObject;
  readonly metrics: readonly MetricStatistics[];
}

/** A run as people read it in a terminal; sections that have nothing in them are left out. */
export function describeRun({ run, config, summary, metrics }: RunContents, space: TableSpace): string {
  const sections = [
    overview(run, space),
    section('Config', leaves(config), space),
    section('Summary', leaves(summary), space),
    metricsSection(metrics, space),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function overview(run: RunFieldsFragment, { style }: TableSpace): string {
  const state = run.state.toLowerCase();
  const exit = run.exitCode === null || run.exitCode === 0 ? '' : ` with exit code ${run.exitCode}`;
  const lines: [label: string, text: string][] = [
    ['state', paintState(state, state, style) + exit],
    ['name', printable(run.displayName === run.name ? '' : run.displayName)],
    ['user', run.user?.name ?? ''],
    ['created', formatTime(run.createdAt)],
    ['took', tookOf(run)],
    ['last step', run.lastStep === null ? '' : String(run.lastStep)],
    ['group', printable(run.group ?? '')],
    ['job type', printable(run.jobType ?? '')],
    ['tags', printable(run.tags.join(', '))],
    ['notes', printable(run.notes ?? '')],
    ['page', run.url],
  ];
  const shown = lines.filter(([, text]) => text !== '');
  const text = shown.map(([label, value]) => `  ${label.padEnd(9)}  ${value}`);
  return [style.bold(run.path), ...text].join('\n');
}

function tookOf({ startedAt, finishedAt, heartbeatAt }: RunFieldsFragment): string {
  const end = finishedAt ?? heartbeatAt;
  if (startedAt === null || end === null) return '';
  return duration(Math.max(0, Date.parse(end) - Date.parse(startedAt)));
}

function section(
  title: string,
  entries: readonly (readonly [key: string, value: JsonValue])[],
  space: TableSpace,
): string {
  if (entries.length === 0) return '';
  const columns = [
    { header: title, cells: entries.map(([key]) => key) },
    { header: '', cells: entries.map(([, value]) => formatCell(value)) },
  ];
  return formatTable(columns, space).text;
}

/** The values of a document by their keys; an object with `_type` is one value. */
function leaves(document: JsonObject, prefix = ''): [key: string, value: JsonValue][] {
  return Object.entries(document).flatMap(([name, value]): [string, JsonValue][] => {
    const key = prefix + formatElement(name);
    const isNested = isJsonObject(value) && !('_type' in value) && Object.keys(value).length > 0;
    return isNested ? leaves(value, `${key}.`) : [[key, value]];
  });
}

function metricsSection(metrics: readonly MetricStatistics[], space: TableSpace): string {
  if (metrics.length === 0) return '';
  const numeric = (header: string, read: (metric: MetricStatistics) => JsonValue): TableColumn => ({
    header,
    cells: metrics.map((metric) => formatCell(read(metric))),
    isNumeric: true,
  });
  const columns = [
    { header: 'Metrics', cells: metrics.map(({ key }) => key) },
    numeric('last', ({ last }) => last),
    numeric('min', ({ min }) => min),
    numeric('at', ({ minStep }) => minStep),
    numeric('max', ({ max }) => max),
    numeric('at', ({ maxStep }) => maxStep),
    numeric('mean', ({ mean }) => mean),
    numeric('stddev', ({ stddev }) => stddev),
    numeric('count', ({ count }) => count),
    numeric('NaN', ({ nanCount }) => (nanCount === 0 ? null : nanCount)),
  ];
  return formatTable(columns, space).text;
}
