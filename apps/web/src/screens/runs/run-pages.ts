import type { JsonValue } from '@summa/client';
import { found } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import {
  type RunFilter,
  type RunLineFragment,
  type RunOrder,
  RunsColumnsDocument,
  RunsPageDocument,
} from '../../generated/graphql.ts';
import { widestRest } from './cell-text.ts';
import { type ValueColumn, valueArguments } from './value-columns.ts';

/** A run as a row of the table has it. */
export type RunLine = RunLineFragment;

/** Which runs a list has, and in which order. */
export interface RunListing {
  readonly entity: string;
  readonly project: string;
  readonly filter: RunFilter | null;
  readonly orderBy: readonly RunOrder[];
  readonly withNotes: boolean;
}

/** What is looked at: rows from `start` to before `end`, and columns of values; `chosen` may come into sight soon. */
export interface Sight {
  readonly start: number;
  readonly end: number;
  readonly columns: readonly ValueColumn[];
  readonly chosen: readonly ValueColumn[];
}

interface LoadedPage {
  readonly after: string | null;
  readonly start: number;
  readonly count: number;
  /** The columns that were asked for, by id. */
  readonly asked: Set<string>;
  /** Grows when values of its rows came. */
  revision: number;
}

const FIRST_PAGE = 100;
const PAGE = 800;
/** Rows that are fetched without anybody having scrolled there. */
const MOST_AHEAD = 20_000;
const MOST_AT_ONCE = 2;
const COLUMNS_AT_ONCE = 60;
const NOTHING: Sight = { start: 0, end: 0, columns: [], chosen: [] };

/**
 * The runs of one list, fetched page by page: what is in sight first, then what is around it. Rows keep their place, so that
 * nothing moves under the eyes of whoever reads.
 */
export class RunPages {
  readonly listing: RunListing;
  /** The rows that are here, from the first on. */
  rows: RunLine[] = [];
  totalCount: number | null = null;
  error: unknown = null;
  /** Grows whenever something came. */
  version = 0;
  readonly #values = new Map<string, JsonValue[]>();
  readonly #rests = new Map<string, number>();
  readonly #indices = new Map<string, number>();
  readonly #pages: LoadedPage[] = [];
  readonly #listeners = new Set<() => void>();
  #sight: Sight = NOTHING;
  #cursor: string | null = null;
  #hasMore = true;
  #isFetchingRows = false;
  #isLeft = false;
  #busy = 0;
  #generation = 0;
  /** Grows when a column needs more room right of the points. */
  #alignments = 0;

  constructor(listing: RunListing) {
    this.listing = listing;
  }

  /** Whether the first page has come. */
  get isReady(): boolean {
    return this.totalCount !== null;
  }

  /** The value of a column in a row; undefined while it is on its way, null where the run has none. */
  value(columnId: string, index: number): JsonValue | undefined {
    return this.#values.get(columnId)?.[index];
  }

  /** The place of a run among the rows that are here. */
  indexOf(runId: string): number | undefined {
    return this.#indices.get(runId);
  }

  /** How many letters the numbers of a column have right of the decimal point at most, as far as they are here. */
  restOf(columnId: string): number {
    return this.#rests.get(columnId) ?? 0;
  }

  /** Changes when a value of a row that is here does, or how the numbers of its columns are aligned. */
  revisionOf(index: number): number {
    return this.#alignments + (this.#pageAt(index)?.revision ?? 0);
  }

  /** Says what is looked at, and fetches what is missing of it. */
  look(sight: Sight): void {
    this.#sight = sight;
    this.#isLeft = false;
    this.#pump();
  }

  /** Says that nobody looks any more: nothing further is fetched until somebody does. */
  leave(): void {
    this.#isLeft = true;
  }

  /** Goes on after a failure. */
  retry(): void {
    this.error = null;
    this.#changed();
    this.#pump();
  }

  /** Asks for everything again; what is here stays until the first page has come. */
  reload(): void {
    this.#generation++;
    this.#busy = 0;
    this.#isFetchingRows = false;
    this.#cursor = null;
    this.#hasMore = true;
    this.error = null;
    this.#pages.length = 0;
    this.#pump();
  }

  /** Takes newer facts of runs that are here, in their places. */
  patch(rows: readonly RunLine[], columns: readonly ValueColumn[], values: readonly (readonly JsonValue[])[]): void {
    rows.forEach((row, at) => {
      const index = this.#indices.get(row.id);
      if (index === undefined) return;
      this.rows[index] = row;
      columns.forEach((column, c) => {
        this.#valuesOf(column.id)[index] = values[c]?.[at] ?? null;
      });
      this.#touch(index);
    });
    this.#changed();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    this.version++;
    for (const listener of this.#listeners) listener();
  }

  #pageAt(index: number): LoadedPage | undefined {
    return this.#pages.find(({ start, count }) => index >= start && index < start + count);
  }

  #touch(index: number): void {
    const page = this.#pageAt(index);
    if (page) page.revision++;
  }

  #valuesOf(columnId: string): JsonValue[] {
    const values = this.#values.get(columnId) ?? [];
    this.#values.set(columnId, values);
    return values;
  }

  #pump(): void {
    while (!this.#isLeft && this.error === null && this.#busy < MOST_AT_ONCE) {
      const job = this.#nextJob();
      if (!job) return;
      this.#busy++;
      const generation = this.#generation;
      const isCurrent = () => generation === this.#generation;
      job(isCurrent)
        .catch((error: unknown) => {
          if (isCurrent()) this.error = error;
        })
        .finally(() => {
          if (!isCurrent()) return;
          this.#busy--;
          this.#changed();
          this.#pump();
        });
    }
  }

  /** What is in sight comes first, then the rows to come, then what may come into sight. */
  #nextJob(): ((isCurrent: () => boolean) => Promise<void>) | null {
    const { start, end, columns, chosen } = this.#sight;
    const seen = this.#pages.filter((page) => page.start < end && page.start + page.count > start);
    const inSight = this.#missing(seen, columns);
    if (inSight) return inSight;
    const loaded = this.#loadedCount;
    if (this.#hasMore && !this.#isFetchingRows && loaded < Math.max(MOST_AHEAD, end + PAGE)) return this.#rowsJob();
    return this.#missing(seen, chosen) ?? this.#missing(this.#pages, columns);
  }

  get #loadedCount(): number {
    const last = this.#pages.at(-1);
    return last ? last.start + last.count : 0;
  }

  #missing(pages: readonly LoadedPage[], columns: readonly ValueColumn[]) {
    for (const page of pages) {
      const missing = columns.filter(({ id }) => !page.asked.has(id)).slice(0, COLUMNS_AT_ONCE);
      if (missing.length > 0) return this.#columnsJob(page, missing);
    }
    return null;
  }

  #rowsJob() {
    const columns = this.#sight.columns.slice(0, COLUMNS_AT_ONCE);
    const after = this.#cursor;
    const isFirst = this.#pages.length === 0;
    const first = isFirst ? FIRST_PAGE : PAGE;
    this.#isFetchingRows = true;
    return async (isCurrent: () => boolean) => {
      try {
        const variables = { ...this.#variables(), after, first, withCount: isFirst, ...valueArguments(columns) };
        const answer = await execute(RunsPageDocument, variables);
        if (!isCurrent()) return;
        const { runs } = found(answer.project, `project "${this.listing.project}"`);
        if (isFirst) this.#forget(runs.totalCount ?? 0);
        this.#add(after, runs.nodes, columns);
        this.#setValues(runs.nodes, columns, runs.columns);
        this.#cursor = runs.pageInfo.endCursor ?? null;
        this.#hasMore = runs.pageInfo.hasNextPage;
        if (!this.#hasMore) this.totalCount = this.rows.length;
      } finally {
        if (isCurrent()) this.#isFetchingRows = false;
      }
    };
  }

  #columnsJob(page: LoadedPage, columns: readonly ValueColumn[]) {
    for (const { id } of columns) page.asked.add(id);
    return async (isCurrent: () => boolean) => {
      try {
        const { withNotes: _, ...listing } = this.#variables();
        const variables = { ...listing, after: page.after, first: page.count, ...valueArguments(columns) };
        const answer = await execute(RunsColumnsDocument, variables);
        if (!isCurrent()) return;
        const { runs } = found(answer.project, `project "${this.listing.project}"`);
        this.#setValues(runs.nodes, columns, runs.columns);
        this.#fillGaps(page, columns);
      } catch (error) {
        for (const { id } of columns) page.asked.delete(id);
        throw error;
      }
    };
  }

  #variables() {
    const { entity, project, filter, orderBy, withNotes } = this.listing;
    return { entity, project, filter, orderBy: [...orderBy], withNotes };
  }

  #forget(totalCount: number): void {
    this.rows = [];
    this.#indices.clear();
    this.#values.clear();
    this.#rests.clear();
    this.totalCount = totalCount;
  }

  #add(after: string | null, nodes: readonly RunLine[], columns: readonly ValueColumn[]): void {
    const start = this.rows.length;
    // A run that moved between two pages while they were read comes once.
    for (const node of nodes) {
      if (this.#indices.has(node.id)) continue;
      this.#indices.set(node.id, this.rows.length);
      this.rows.push(node);
    }
    const count = this.rows.length - start;
    if (nodes.length > 0)
      this.#pages.push({ after, start, count, asked: new Set(columns.map(({ id }) => id)), revision: 0 });
    if (this.totalCount !== null && this.totalCount < this.rows.length) this.totalCount = this.rows.length;
  }

  #setValues(
    nodes: readonly { readonly id: string }[],
    columns: readonly ValueColumn[],
    answers: readonly { readonly values: readonly (JsonValue | null)[] }[],
  ): void {
    columns.forEach((column, c) => {
      const values = this.#valuesOf(column.id);
      nodes.forEach(({ id }, at) => {
        const index = this.#indices.get(id);
        if (index !== undefined) values[index] = answers[c]?.values[at] ?? null;
      });
      this.#makeRoom(column.id, widestRest(answers[c]?.values ?? []));
    });
    for (const { id } of nodes) this.#touch(this.#indices.get(id) ?? -1);
  }

  #makeRoom(columnId: string, letters: number): void {
    if (this.#rests.has(columnId) && letters <= this.restOf(columnId)) return;
    this.#rests.set(columnId, letters);
    this.#alignments++;
  }

  /** A run that left the page since its rows were read has nothing there, rather than being waited for. */
  #fillGaps({ start, count }: LoadedPage, columns: readonly ValueColumn[]): void {
    for (const { id } of columns) {
      const values = this.#valuesOf(id);
      for (let index = start; index < start + count; index++) values[index] ??= null;
    }
  }
}
