import type { RunOrder } from '@summa/core/query/compare-runs';
import type { RunTarget } from '@summa/core/query/run-target';
import { type ComparedType, orderedSql } from './compare-sql.ts';
import type { KeyIds } from './key-ids.ts';
import { fieldSortColumn, type RunColumn, statisticSql } from './run-columns.ts';
import type { RunStatement } from './run-statement.ts';

/** One expression of an ORDER BY; where it is null, the run comes last in either direction. */
export interface SortTerm {
  readonly sql: string;
  readonly type: ComparedType;
  readonly direction: 'ASC' | 'DESC';
  readonly nullable: boolean;
  /** Which level of the order this is a part of. */
  readonly level: number;
}

/**
 * A part of all runs, by what they have at the first level of the order; the parts of an order follow each other.
 *
 * Read one after the other, each part with a key of its own is a walk along an index, where an outer join of all runs would have
 * to be sorted: `all` is not divided; `has` and `lacks` part a statistic; `number`, `other` (text, then booleans) and `lacks` a value.
 */
export type SortPart = 'all' | 'has' | 'number' | 'other' | 'lacks';

/** The parts that runs in this order fall into, first to last. */
export function sortParts(order: readonly RunOrder[], keyIds: KeyIds): SortPart[] {
  const [first] = order;
  if (first === undefined || first.target.section === 'field' || keyIds.idOf(first.target) === undefined)
    return ['all'];
  if (isNumeric(first.target)) return ['has', 'lacks'];
  return first.direction === 'ASC' ? ['number', 'other', 'lacks'] : ['other', 'number', 'lacks'];
}

/** Whether an index gives the runs of a part in this order, so that its first ones are found without the others. */
export function followsIndex([first]: readonly RunOrder[], part: SortPart): boolean {
  if (first?.target.section === 'field') return first.target.field === 'CREATED_AT' || first.target.field === 'NAME';
  if (part === 'number') return true;
  const statistic = first?.target.section === 'summary' ? first.target.statistic : null;
  return part === 'has' && (statistic === 'MIN' || statistic === 'MAX');
}

/** Which part a run lies in, by its value at the first level. */
export function partOf(value: unknown, parts: readonly SortPart[]): SortPart {
  if (parts.includes('all')) return 'all';
  if (value === null) return 'lacks';
  return parts.includes('has') ? 'has' : typeof value === 'number' ? 'number' : 'other';
}

/** The terms that order the runs of one part, and the condition that a run lies in it; both use what they joined. */
export function compileSort(
  order: readonly RunOrder[],
  part: SortPart,
  { statement, keyIds }: { statement: RunStatement; keyIds: KeyIds },
): { terms: SortTerm[]; condition: string } {
  const [first, ...rest] = order;
  const restTerms = rest.flatMap((level, i) => levelTerms(level, i + 1, { statement, keyIds }));
  if (first === undefined) return { terms: [], condition: 'TRUE' };
  const { target } = first;
  const keyId = target.section === 'field' ? undefined : keyIds.idOf(target);
  if (part === 'all' || target.section === 'field' || keyId === undefined) {
    return { terms: [...levelTerms(first, 0, { statement, keyIds }), ...restTerms], condition: 'TRUE' };
  }
  const condition = (field: string) => inPart(field, target, part);
  const alias = statement.field({ section: target.section, keyId, condition, isRequired: part !== 'lacks' });
  if (part === 'lacks') return { terms: restTerms, condition: `${alias}.run_id IS NULL` };
  const terms = valueTerms(alias, first, 0).filter((term) => part !== 'number' || term.type === 'number');
  const firstTerms = part === 'other' ? terms.filter((term) => term.type !== 'number') : terms.map(neverNull);
  return { terms: [...firstTerms, ...restTerms], condition: 'TRUE' };
}

function neverNull(term: SortTerm): SortTerm {
  return { ...term, nullable: false };
}

/** Which fields put their run in a part; for `lacks`, which keep it out. */
function inPart(alias: string, target: RunTarget, part: SortPart): string {
  if (target.section === 'summary' && target.statistic !== 'VALUE') {
    return `${statisticSql(alias, target.statistic)} IS NOT NULL`;
  }
  const other = `(${alias}.text IS NOT NULL OR ${alias}.boolean IS NOT NULL)`;
  if (part === 'number') return `${alias}.number IS NOT NULL`;
  // The first half is implied; by it, an index says at once of a key with numbers only that there are none.
  return part === 'other' ? `${alias}.number IS NULL AND ${other}` : `(${alias}.number IS NOT NULL OR ${other})`;
}

function levelTerms(
  level: RunOrder,
  position: number,
  context: { statement: RunStatement; keyIds: KeyIds },
): SortTerm[] {
  const { target } = level;
  if (target.section === 'field') return fieldTerms(fieldSortColumn(context.statement, target.field), level, position);
  const keyId = context.keyIds.idOf(target);
  if (keyId === undefined) return [];
  return valueTerms(context.statement.field({ section: target.section, keyId, isRequired: false }), level, position);
}

function fieldTerms(column: RunColumn, { direction }: RunOrder, level: number): SortTerm[] {
  // Tags have no order: for every run they are no value.
  if (column.type === 'tags') return [];
  const { type, nullable } = column;
  return [{ sql: orderedSql({ sql: column.sql, type }), type, direction, nullable, level }];
}

/** Nulls last makes the types follow each other: a run with a number has it before all that have none. */
function valueTerms(alias: string, { target, direction }: RunOrder, level: number): SortTerm[] {
  const shared = { direction, nullable: true, level } as const;
  if (target.section === 'summary' && target.statistic !== 'VALUE') {
    return [{ ...shared, sql: statisticSql(alias, target.statistic), type: 'number' }];
  }
  const ascending: SortTerm[] = [
    { ...shared, sql: `${alias}.number`, type: 'number' },
    { ...shared, sql: `${alias}.text COLLATE "C"`, type: 'text' },
    { ...shared, sql: `${alias}.boolean`, type: 'boolean' },
  ];
  return direction === 'ASC' ? ascending : ascending.reverse();
}

function isNumeric(target: RunTarget): boolean {
  return target.section === 'summary' && target.statistic !== 'VALUE';
}
