import type { JsonValue } from '@summa/core/json/json-value';
import type { RunState, RunsTableQuery, Statistic } from '../generated/graphql.ts';

/** A column of a summary: what the document shows at a key, or one statistic of a metric. */
export type SummaryColumn = string | { readonly key: string; readonly statistic: Statistic };

/** How a column is named in the table: `loss`, or `MIN(loss)`. */
export type ColumnName<Column> = Column extends string
  ? Column
  : Column extends { readonly key: infer Key extends string; readonly statistic: infer Name extends Statistic }
    ? Name extends 'VALUE'
      ? Key
      : `${Name}(${Key})`
    : never;

/** What stands in a column, when `Values` tells of which type the values shown at each key are. */
export type ColumnValue<Column, Values> = Column extends { readonly statistic: infer Name }
  ? Name extends 'VALUE' | 'FIRST' | 'LAST'
    ? ValueAt<Values, ColumnKey<Column>>
    : number
  : ValueAt<Values, ColumnKey<Column>>;

type ColumnKey<Column> = Column extends { readonly key: infer Key } ? Key : Column;
type ValueAt<Values, Key> = Key extends keyof Values ? Exclude<Values[Key], undefined> : JsonValue;

/** The values of one column, entry `i` of run `i`. */
export class TableColumn<Value = JsonValue> {
  /** Null where the run has nothing; a NaN that was logged is NaN. Whole numbers beyond 2^53 are the nearest number. */
  readonly values: readonly (Value | null)[];

  constructor(values: readonly (Value | null)[]) {
    this.values = values;
  }

  /** The values as numbers, booleans as 1 and 0: NaN where a run has nothing, or something else. `values` tells which. */
  numbers(): Float64Array {
    return Float64Array.from(this.values, (value) =>
      typeof value === 'number' || typeof value === 'boolean' ? Number(value) : Number.NaN,
    );
  }
}

/** The runs of a table: entry `i` of every list is of run `i`. Times are ISO 8601 texts. */
export interface RunColumns {
  readonly id: readonly string[];
  readonly name: readonly string[];
  readonly displayName: readonly string[];
  readonly state: readonly RunState[];
  readonly tags: readonly (readonly string[])[];
  readonly group: readonly (string | null)[];
  readonly createdAt: readonly string[];
  readonly finishedAt: readonly (string | null)[];
  readonly lastStep: readonly (number | null)[];
}

/** Runs with chosen values, column by column; `Values` tells of which type they are, where that is known. */
export interface RunTable<
  Config extends readonly string[],
  Summary extends readonly SummaryColumn[],
  Values extends { readonly config: object; readonly summary: object } = { config: object; summary: object },
> {
  readonly rowCount: number;
  readonly runs: RunColumns;
  /** By key. */
  readonly config: { readonly [Key in Config[number]]: TableColumn<ValueAt<Values['config'], Key>> };
  /** By key, and `MIN(key)` for the statistic MIN of it. */
  readonly summary: {
    readonly [Column in Summary[number] as ColumnName<Column>]: TableColumn<ColumnValue<Column, Values['summary']>>;
  };
}

/** What stands in a table beside the runs themselves. */
export interface TableColumns {
  readonly config: readonly string[];
  readonly summary: readonly { readonly key: string; readonly statistic: Statistic }[];
}

/** A page of runs, and their values column by column: those of the config first. */
export interface TablePage {
  readonly runs: NonNullable<RunsTableQuery['project']>['runs']['nodes'];
  readonly columns: readonly (readonly (JsonValue | null)[])[];
}

/** The table of some pages. */
export function tableOf(
  { config, summary }: TableColumns,
  pages: readonly TablePage[],
): RunTable<readonly string[], readonly SummaryColumn[]> {
  const runs = pages.flatMap((page) => page.runs);
  const column = (place: number) => new TableColumn(pages.flatMap((page) => page.columns[place] ?? []));
  return {
    rowCount: runs.length,
    runs: {
      id: runs.map(({ id }) => id),
      name: runs.map(({ name }) => name),
      displayName: runs.map(({ displayName }) => displayName),
      state: runs.map(({ state }) => state),
      tags: runs.map(({ tags }) => tags),
      group: runs.map(({ group }) => group),
      createdAt: runs.map(({ createdAt }) => createdAt),
      finishedAt: runs.map(({ finishedAt }) => finishedAt),
      lastStep: runs.map(({ lastStep }) => lastStep),
    },
    config: Object.fromEntries(config.map((key, i) => [key, column(i)])),
    summary: Object.fromEntries(summary.map((asked, i) => [nameOf(asked), column(config.length + i)])),
  };
}

function nameOf({ key, statistic }: TableColumns['summary'][number]): string {
  return statistic === 'VALUE' ? key : `${statistic}(${key})`;
}
