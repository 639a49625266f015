import type { JsonValue } from '@summa/client';
import type { RunFilter } from '../../generated/graphql.ts';
import type { RunLine, RunPages } from './run-pages.ts';

/** A group of runs with what is summed up over it. */
export interface RunGroup {
  /** Stands for the group while the page is open. */
  readonly id: string;
  readonly values: readonly { readonly value: JsonValue; readonly exists: boolean }[];
  readonly runCount: number;
  readonly filter: RunFilter;
  /** By the id of the column. */
  readonly metrics: ReadonlyMap<string, GroupNumbers>;
}

/** A metric over the runs of a group. */
export interface GroupNumbers {
  readonly count: number;
  readonly mean: number | null;
  readonly stddev: number | null;
}

/** Rows that belong together: a group with its runs below it when it is open, or, without a group, all runs. */
export interface Section {
  readonly group: RunGroup | null;
  /** The runs that are shown; null for a closed group. */
  readonly pages: RunPages | null;
}

/** What stands in a row. */
export type RowItem =
  | {
      readonly kind: 'run';
      readonly line: RunLine;
      readonly pages: RunPages;
      readonly row: number;
      readonly inGroup: boolean;
    }
  | { readonly kind: 'group'; readonly group: RunGroup; readonly isOpen: boolean };

/** Whether two rows show the same run at the same place of its list, or the same group. */
export function isSameItem(a: RowItem | undefined, b: RowItem | undefined): boolean {
  if (a?.kind === 'run' && b?.kind === 'run') {
    return a.line === b.line && a.pages === b.pages && a.row === b.row && a.inGroup === b.inGroup;
  }
  if (a?.kind === 'group' && b?.kind === 'group') return a.group === b.group && a.isOpen === b.isOpen;
  return a === b;
}

/** How many rows a section has. */
export function sectionLength({ group, pages }: Section): number {
  const runs = pages === null ? 0 : (pages.totalCount ?? group?.runCount ?? 0);
  return runs + (group === null ? 0 : 1);
}

/** How many rows there are in all. */
export function sectionsLength(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + sectionLength(section), 0);
}

/** What stands in a row; undefined while it is on its way. */
export function itemAt(sections: readonly Section[], row: number): RowItem | undefined {
  if (row < 0) return undefined;
  let index = row;
  for (const section of sections) {
    const length = sectionLength(section);
    if (index >= length) {
      index -= length;
      continue;
    }
    const { group, pages } = section;
    if (group !== null && index === 0) return { kind: 'group', group, isOpen: pages !== null };
    const inner = group === null ? index : index - 1;
    const line = pages?.rows[inner];
    return pages && line ? { kind: 'run', line, pages, row: inner, inGroup: group !== null } : undefined;
  }
  return undefined;
}

/** The rows of each section that lie between two rows of the whole, for those that have any. */
export function partsInSight(
  sections: readonly Section[],
  { start, end }: { readonly start: number; readonly end: number },
): { pages: RunPages; start: number; end: number }[] {
  const parts: { pages: RunPages; start: number; end: number }[] = [];
  let offset = 0;
  for (const section of sections) {
    const first = offset + (section.group === null ? 0 : 1);
    offset += sectionLength(section);
    if (section.pages === null) continue;
    // A list of which nothing is known yet is asked for although it has no rows.
    if (!section.pages.isReady) parts.push({ pages: section.pages, start: 0, end: Math.max(1, end - first) });
    else if (first < end && offset > start) {
      parts.push({ pages: section.pages, start: Math.max(0, start - first), end: Math.min(offset, end) - first });
    }
  }
  return parts;
}
