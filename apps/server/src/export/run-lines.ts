import { CSV_LINE_END, csvCell, csvText } from '@summa/core/json/csv-text';
import { formatWireJson } from '@summa/core/json/format-json';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import type { RunRecord } from '../run/run-record.ts';
import type { RunFormat } from './export-format.ts';

/** A run as it is exported; entry i of `config` and `summary` is of the i-th key asked for, null where the run has nothing. */
export interface ExportedRun {
  readonly run: RunRecord;
  /** The name of who started it. */
  readonly user: string | null;
  readonly config: readonly (JsonValue | null)[];
  readonly summary: readonly (JsonValue | null)[];
}

/** What is asked of each run. */
export interface RunKeys {
  readonly config: readonly string[];
  readonly summary: readonly string[];
}

/** What is told of every run, in the words of GraphQL's `Run`. */
const FIELDS = {
  name: ({ run }) => run.name,
  displayName: ({ run }) => run.displayName,
  state: ({ run }) => run.state.toUpperCase(),
  user: ({ user }) => user,
  group: ({ run }) => run.group,
  jobType: ({ run }) => run.jobType,
  tags: ({ run }) => run.tags,
  notes: ({ run }) => run.notes,
  createdAt: ({ run }) => run.createdAt.toISOString(),
  startedAt: ({ run }) => run.startedAt.toISOString(),
  finishedAt: ({ run }) => run.finishedAt?.toISOString() ?? null,
  rowCount: ({ run }) => run.rowCount,
  lastStep: ({ run }) => run.lastStep,
} satisfies Record<string, (exported: ExportedRun) => JsonValue>;

/** The header of CSV: the fields of a run, then `config.<key>` and `summary.<key>` of the keys asked for. */
export function runsHeader({ config, summary }: RunKeys): Buffer {
  const columns = [
    ...Object.keys(FIELDS),
    ...config.map((key) => `config.${key}`),
    ...summary.map((key) => `summary.${key}`),
  ];
  return Buffer.from(columns.map(csvText).join(',') + CSV_LINE_END);
}

/** Runs as lines: of JSON, where `config` and `summary` are objects of the keys that the run has, or of CSV. */
export function runLines(runs: readonly ExportedRun[], ask: RunKeys & { readonly format: RunFormat }): Buffer {
  return Buffer.from(runs.map((run) => (ask.format === 'csv' ? csvLine(run) : jsonLine(run, ask))).join(''));
}

function csvLine(exported: ExportedRun): string {
  const fields = Object.values(FIELDS).map((read) => read(exported));
  return [...fields, ...exported.config, ...exported.summary].map(csvCell).join(',') + CSV_LINE_END;
}

function jsonLine(exported: ExportedRun, { config, summary }: RunKeys): string {
  const fields = Object.entries(FIELDS).map(([name, read]) => [name, read(exported)] as const);
  const line = {
    ...Object.fromEntries(fields),
    config: objectOf(config, exported.config),
    summary: objectOf(summary, exported.summary),
  };
  return `${formatWireJson(line)}\n`;
}

function objectOf(keys: readonly string[], values: readonly (JsonValue | null)[]): JsonObject {
  return Object.fromEntries(
    keys.map((key, i) => [key, values[i] ?? null] as const).filter(([, value]) => value !== null),
  );
}
