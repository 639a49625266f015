import type { JsonValue } from '@summa/core/json/json-value';
import { type RunsOptions, readRuns } from '../../read/read-runs.ts';
import { type CommandIo, writeOut } from '../frame/command-io.ts';
import { count } from '../import-progress.ts';
import type { ServerConnection } from '../server-options.ts';
import type { ProjectNames } from '../settle-project.ts';
import { formatTable } from '../terminal/format-table.ts';
import { tableSpace } from '../terminal/table-space.ts';
import { defaultColumns } from './choose-columns.ts';
import { csvLine } from './csv-line.ts';
import { listRuns, type RunListing } from './list-runs.ts';
import { toRunOrder } from './parse-names.ts';
import { resolveTargets } from './resolve-targets.ts';
import { runJson } from './run-json.ts';
import type { RunsAsk } from './runs-arguments.ts';
import { type RunsColumn, runsTable } from './runs-table.ts';
import { targetNames, toRunFilter } from './to-run-filter.ts';
import { writeJsonList } from './write-json-list.ts';

/** Where the runs come from, and where they are printed. */
export interface RunsSurroundings extends ServerConnection {
  readonly io: CommandIo;
  readonly project: ProjectNames;
}

const TABLE_LIMIT = 50;

/** Prints the runs that were asked for; nothing on stdout when it fails before the first. */
export async function printRuns(ask: RunsAsk, around: RunsSurroundings): Promise<void> {
  const { execute, project, io } = around;
  const names = [
    ...(ask.filter === null ? [] : targetNames(ask.filter)),
    ...[...ask.orders, ...ask.columns].map(({ name }) => name),
  ];
  const resolve = await resolveTargets(execute, project, names);
  const filter = ask.filter === null ? undefined : toRunFilter(ask.filter, resolve);
  const orderBy = ask.orders.map(({ name, direction }) => toRunOrder(resolve(name), direction));
  const limit = ask.limit ?? (ask.format === 'table' ? TABLE_LIMIT : Number.POSITIVE_INFINITY);
  if (ask.format === 'json' && ask.columns.length === 0) {
    return writeJsonList(io.stdout, wholeRuns(around, { ...project, orderBy, ...(filter && { filter }) }, limit));
  }
  const columns: readonly RunsColumn[] =
    ask.columns.length > 0
      ? ask.columns.map(({ text, name }) => ({ header: text, target: resolve(name) }))
      : await defaultColumns(execute, project);
  const listing = { project, filter, orderBy, limit, targets: columns.map(({ target }) => target) };
  if (ask.format === 'json') return writeJsonList(io.stdout, chosenValues(around, listing, columns));
  return ask.format === 'csv' ? printCsv(around, listing, columns) : printTable(around, listing, columns);
}

async function* wholeRuns(
  { endpoint, execute }: RunsSurroundings,
  runs: RunsOptions,
  limit: number,
): AsyncGenerator<JsonValue> {
  let left = limit;
  const pageSize = Math.min(100, limit);
  for await (const { run, config, summary } of readRuns(
    { ...endpoint, execute },
    { ...runs, pageSize, config: true, summary: true },
  )) {
    yield { ...runJson(run), config, summary };
    left -= 1;
    if (left === 0) return;
  }
}

async function* chosenValues(
  { execute }: RunsSurroundings,
  listing: RunListing,
  columns: readonly RunsColumn[],
): AsyncGenerator<JsonValue> {
  for await (const row of listRuns(execute, listing)) {
    yield Object.fromEntries(columns.map(({ header }, i) => [header, row[i] ?? null]));
  }
}

async function printCsv(
  { execute, io }: RunsSurroundings,
  listing: RunListing,
  columns: readonly RunsColumn[],
): Promise<void> {
  const rows = listRuns(execute, listing);
  // The first run is asked for before anything is written, so that a failure leaves no line of headers behind.
  let next = await rows.next();
  await writeOut(io.stdout, csvLine(columns.map(({ header }) => header)));
  while (next.done !== true) {
    await writeOut(io.stdout, csvLine(next.value));
    next = await rows.next();
  }
}

async function printTable(
  { execute, io }: RunsSurroundings,
  listing: RunListing,
  columns: readonly RunsColumn[],
): Promise<void> {
  let total = 0;
  const rows: (readonly JsonValue[])[] = [];
  for await (const row of listRuns(execute, { ...listing, onTotal: (known) => (total = known) })) rows.push(row);
  if (rows.length === 0) {
    io.stderr.write(listing.filter === undefined ? 'There are no runs.\n' : 'No run matches.\n');
    return;
  }
  const space = tableSpace(io);
  const { text, leftOut } = formatTable(runsTable(columns, rows, space.style), space);
  await writeOut(io.stdout, `${text}\n`);
  if (rows.length < total) io.stderr.write(`${count(rows.length)} of ${count(total)} runs; --limit shows more.\n`);
  if (leftOut > 0) io.stderr.write(`${leftOut} more columns found no room; --columns chooses.\n`);
}
