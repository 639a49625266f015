import type { RequestContext } from '../access/request-context.ts';
import { formatCursor, parseNumberCursor } from '../graphql/cursor.ts';
import { type Connection, connectionOf, type PageArguments, readPage } from '../graphql/page.ts';
import { TIME_KEY } from '../metric/metric-keys.ts';
import type { RunRef } from '../services.ts';
import { type GivenRange, readRange } from './history-arguments.ts';
import { STEP_CURSOR } from './points-type.ts';
import { readColumns, type StepRange } from './read-history.ts';
import { type Row, readRows } from './read-rows.ts';

/** Which rows of a run are wanted: those that have one of `keys`, or all. */
interface RowsAsk {
  readonly keys: readonly string[] | undefined;
  readonly range: StepRange;
  readonly first: number;
  readonly afterStep: number | undefined;
}

/** A page of the rows of a run, by step. */
export async function listRows(
  context: RequestContext,
  run: RunRef,
  args: PageArguments & {
    readonly keys?: readonly string[] | null | undefined;
    readonly range?: GivenRange | null | undefined;
  },
): Promise<Connection<Row>> {
  const page = readPage(args);
  const afterStep = page.cursor === null ? undefined : parseNumberCursor(STEP_CURSOR, page.cursor, 'after');
  const keys = args.keys ?? undefined;
  const range = readRange(args.range);
  const read = await rowsOf(context, run, { keys, range, first: page.size, afterStep });
  const connection = connectionOf(read.rows, page, {
    cursorOf: (row) => formatCursor(STEP_CURSOR, row.step),
    totalCount: () => countRows(context, run, { keys, range }),
  });
  return { ...connection, hasNextPage: read.hasNextPage };
}

/** What a run logged at one step, or null when nothing. */
export async function findRow(context: RequestContext, run: RunRef, step: number): Promise<Row | null> {
  const { rows } = await rowsOf(context, run, {
    keys: undefined,
    range: { from: step, to: step },
    first: 1,
    afterStep: undefined,
  });
  return rows[0] ?? null;
}

async function rowsOf({ services, loaders, budget }: RequestContext, run: RunRef, ask: RowsAsk) {
  const summary = ask.keys === undefined ? await loaders.summaries.load(run) : null;
  const allKeys = [...(summary?.states.keys() ?? [])];
  const read = await readRows(services, run, { ...ask, allKeys });
  budget.spendPoints(read.rows.length * (ask.keys ?? allKeys).length, ['first']);
  return read;
}

/** How many steps within the range have one of the keys, or anything. */
async function countRows(
  { services }: RequestContext,
  run: RunRef,
  ask: { keys: readonly string[] | undefined; range: StepRange },
): Promise<number> {
  const columns = await readColumns(services, run, ask.keys ?? [TIME_KEY], ask.range);
  const [only, ...others] = [...columns.values()].map(({ column }) => column.steps);
  if (!only) return 0;
  return others.length === 0 ? only.length : new Set([only, ...others].flatMap((steps) => [...steps])).size;
}
