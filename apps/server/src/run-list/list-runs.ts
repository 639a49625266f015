import type { RunOrder } from '@summa/core/query/compare-runs';
import type { RunFilter } from '@summa/core/query/run-filter';
import type { RunTarget } from '@summa/core/query/run-target';
import { inTransaction } from '../database/in-transaction.ts';
import type { Queryable } from '../history/history-store.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { Services } from '../services.ts';
import { compileFilter, isAnyOf } from './compile-filter.ts';
import { findKeyIds, type KeyIds, targetsOf } from './key-ids.ts';
import type { Walk } from './keyset.ts';
import { type PageArguments, pageOf } from './page-arguments.ts';
import { decodeCursor, encodeCursor, orderFingerprint, type RunCursor } from './run-cursor.ts';
import {
  countMatching,
  countOthers,
  type ListedRun,
  type RunSelection,
  selectFromFirst,
  selectRuns,
} from './run-list-store.ts';
import { compileSort, followsIndex, partOf, type SortPart, sortParts } from './run-sort.ts';
import { RunStatement } from './run-statement.ts';

/** Which runs a list is asked for, and which page of it. */
export interface RunListArguments extends PageArguments {
  /** Every run when left out. */
  readonly filter?: RunFilter | null | undefined;
  /** Newest first when left out; the run's id settles what is equal. */
  readonly orderBy?: readonly RunOrder[] | null | undefined;
  /** Whether `totalCount` will be asked: the runs are then counted while the page is read. */
  readonly isCounted?: boolean | undefined;
}

/** One page of runs, in the order asked for whichever way the page was cut. */
export interface RunPage {
  readonly runs: RunRecord[];
  /** `cursors[i]` is the place of `runs[i]`. */
  readonly cursors: string[];
  /** Whether a run follows the page. When paging backward: whether `before` was given. */
  readonly hasNextPage: boolean;
  /** Whether a run stands before the page. When paging forward: whether `after` was given. */
  readonly hasPreviousPage: boolean;
  /** How many runs the filter lets through, on all pages together. */
  readonly totalCount: () => Promise<number>;
}

/** The filter that lets every run through. */
export const EVERY_RUN: RunFilter = { and: [] };
/** How many runs at the beginning of an order are looked at, for each one that is wanted, before all are; */
const FIRST_LOOK = 20;
/** and at most, when a part of the page was among them: one by one, more would cost as much as all together. */
const MOST_LOOKED = 10_000;
const NEWEST_FIRST: readonly RunOrder[] = [{ target: { section: 'field', field: 'CREATED_AT' }, direction: 'DESC' }];

/**
 * One page of a project's runs, as `matchesFilter` and `compareRuns` have it. Every write that was acknowledged before the
 * call is seen.
 *
 * The number of statements does not depend on the page size. @throws ServerError INVALID_CURSOR, INVALID_INPUT, PAGE_TOO_LARGE
 */
export async function listRuns(services: Services, projectId: string, args: RunListArguments): Promise<RunPage> {
  const filter = args.filter ?? EVERY_RUN;
  const order = args.orderBy ?? NEWEST_FIRST;
  const { walk, size } = pageOf(args);
  const after = args.after == null ? null : decodeCursor(order, args.after, 'after');
  const before = args.before == null ? null : decodeCursor(order, args.before, 'before');
  const keyIds = await prepareFields(services, projectId, targetsOf(filter, order));
  const counted = args.isCounted ? countMatches(services, { projectId, filter, keyIds }) : null;
  // Who asks for the count learns why there is none, even where the page comes to nothing before that.
  counted?.catch(() => {});
  const list: RunList = {
    projectId,
    filter,
    order,
    keyIds,
    walk,
    from: walk === 'forward' ? after : before,
    until: walk === 'forward' ? before : after,
    limit: size + 1,
  };
  return {
    ...pageFrom(await selectParts(services, list), { order, walk, size, from: list.from }),
    totalCount: () => counted ?? countRuns(services, projectId, filter),
  };
}

/** How many runs of a project fulfil a filter, exactly; every write acknowledged before the call is seen. */
export async function countRuns(services: Services, projectId: string, filter?: RunFilter | null): Promise<number> {
  const counted = filter ?? EVERY_RUN;
  const keyIds = await prepareFields(services, projectId, targetsOf(counted, []));
  return countMatches(services, { projectId, filter: counted, keyIds });
}

/** A filter whose fields are up to date and whose keys are known. */
interface PreparedFilter {
  readonly projectId: string;
  readonly filter: RunFilter;
  readonly keyIds: KeyIds;
}

async function countMatches({ database }: Services, { projectId, filter, keyIds }: PreparedFilter): Promise<number> {
  const statement = RunStatement.ofProject(projectId);
  // What fulfils none of several conditions is found by joins and anti joins, which are far quicker than looking at each run.
  if (isAnyOf(filter)) return countOthers(database.pool, statement, compileFilter({ not: filter }, statement, keyIds));
  return countMatching(database.pool, statement, compileFilter(filter, statement, keyIds));
}

interface RunList extends PreparedFilter {
  readonly order: readonly RunOrder[];
  readonly walk: Walk;
  readonly from: RunCursor | null;
  readonly until: RunCursor | null;
  readonly limit: number;
}

/** Brings the fields up to date if the query looks at any that a write may have changed, and finds its keys. */
export async function prepareFields(
  services: Services,
  projectId: string,
  targets: readonly RunTarget[],
): Promise<KeyIds> {
  if (targets.some((target) => target.section === 'summary')) await services.fields.refresh(projectId);
  return findKeyIds(services.keys, projectId, targets);
}

async function selectParts(services: Services, list: RunList): Promise<readonly ListedRun[]> {
  const { pool } = services.database;
  const parts = partsOfPage(list);
  const [first] = parts;
  if (first === undefined || parts.length === 1) return selectUntilFull(pool, list, parts);
  const begun = await selectBeginning(pool, list, first);
  if (begun.length >= list.limit) return begun;
  // One snapshot for all parts: a run that moves from one to another meanwhile is still seen once.
  return inTransaction(pool, 'snapshot', (client) => selectUntilFull(client, list, parts));
}

/**
 * What one cheap look finds of a page in the part where it begins; mostly this is all of the page, and one statement sees one moment
 * without a transaction. Nothing where no look is cheap.
 */
async function selectBeginning(
  client: Queryable,
  list: RunList,
  { part, from, until }: PagePart,
): Promise<readonly ListedRun[]> {
  if (!followsIndex(list.order, part)) return [];
  const selection = selectionOf({ ...list, from, until }, part);
  if (isEveryRun(list.filter)) return selectRuns(client, selection);
  return (await selectFromFirst(client, selection, firstLook(list))).listed;
}

/** A part of the runs that a page may have runs of, and where in it these lie. */
interface PagePart extends Pick<RunList, 'from' | 'until'> {
  readonly part: SortPart;
}

/** Those from the cursor where the page begins to the one that it may not go beyond, in the order in which they are read. */
function partsOfPage({ order, keyIds, walk, from, until }: RunList): PagePart[] {
  const parts = sortParts(order, keyIds);
  if (walk === 'backward') parts.reverse();
  const start = from === null ? 0 : parts.indexOf(partOf(from.values[0] ?? null, parts));
  const end = until === null ? parts.length - 1 : parts.indexOf(partOf(until.values[0] ?? null, parts));
  return parts
    .map((part, i) => ({ part, from: i === start ? from : null, until: i === end ? until : null }))
    .slice(start, end + 1);
}

async function selectUntilFull(client: Queryable, list: RunList, parts: readonly PagePart[]): Promise<ListedRun[]> {
  const found: ListedRun[] = [];
  for (const { part, from, until } of parts) {
    found.push(...(await selectPart(client, { ...list, from, until, limit: list.limit - found.length }, part)));
    if (found.length >= list.limit) break;
  }
  return found;
}

async function selectPart(client: Queryable, list: RunList, part: SortPart): Promise<ListedRun[]> {
  if (!isEveryRun(list.filter) && followsIndex(list.order, part)) {
    for (let looked = firstLook(list); looked <= MOST_LOOKED; ) {
      const { listed, isWhole } = await selectFromFirst(client, selectionOf(list, part), looked);
      if (isWhole) return [...listed];
      looked = nextLook(looked, listed.length, list.limit);
    }
  }
  return selectRuns(client, selectionOf(list, part));
}

function firstLook({ limit }: RunList): number {
  return Math.min(FIRST_LOOK * limit, MOST_LOOKED);
}

/** Twice as far as `found` in the first `looked` runs lets expect the page to reach, and always further. */
function nextLook(looked: number, found: number, wanted: number): number {
  return found === 0 ? Number.POSITIVE_INFINITY : Math.ceil(Math.max((2 * looked * wanted) / found, 2 * looked));
}

function selectionOf(list: RunList, part: SortPart): RunSelection {
  const { order, keyIds, filter, walk, from, until, limit } = list;
  const statement = RunStatement.ofProject(list.projectId);
  const { terms, condition } = compileSort(order, part, { statement, keyIds });
  return {
    statement,
    inOrder: condition,
    filter: (of) => compileFilter(filter, of, keyIds),
    terms,
    walk,
    from,
    until,
    limit,
    levels: order.length,
  };
}

function isEveryRun(filter: RunFilter): boolean {
  return 'and' in filter && filter.and.length === 0;
}

function pageFrom(
  found: readonly ListedRun[],
  { order, walk, size, from }: { order: readonly RunOrder[]; walk: Walk; size: number; from: RunCursor | null },
): Omit<RunPage, 'totalCount'> {
  const fingerprint = orderFingerprint(order);
  const page = found.slice(0, size);
  if (walk === 'backward') page.reverse();
  const hasMore = found.length > size;
  return {
    runs: page.map((listed) => listed.run),
    cursors: page.map(({ run, values }) => encodeCursor(fingerprint, { values, runId: run.id })),
    hasNextPage: walk === 'forward' ? hasMore : from !== null,
    hasPreviousPage: walk === 'forward' ? from !== null : hasMore,
  };
}
