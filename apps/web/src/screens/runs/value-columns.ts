import type { MetricStatisticInput } from '../../generated/graphql.ts';
import type { Column } from './column.ts';
import type { ShownColumn } from './runs-view.ts';

/** A column whose values are fetched apart from the runs. */
export interface ValueColumn {
  readonly id: string;
  readonly column: Exclude<Column, { readonly kind: 'field' }>;
}

/** The columns that hold values, those of the config first: the order in which `valueArguments` gets its answer. */
export function valueColumns(columns: readonly ShownColumn[]): ValueColumn[] {
  const found = columns.flatMap(({ id, column }) => (column.kind === 'field' ? [] : [{ id, column }]));
  return [
    ...found.filter(({ column }) => column.kind === 'config'),
    ...found.filter(({ column }) => column.kind === 'summary'),
  ];
}

/** The arguments of `RunConnection.columns`; its answer has the order of `columns` when those of the config come first. */
export function valueArguments(columns: readonly ValueColumn[]) {
  const config: string[] = [];
  const summary: MetricStatisticInput[] = [];
  for (const { column } of columns) {
    if (column.kind === 'config') config.push(column.key);
    else summary.push({ key: column.key, statistic: column.statistic });
  }
  return { config, summary };
}
