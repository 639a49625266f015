import type { CursorValue, RunCursor } from './run-cursor.ts';
import type { SortTerm } from './run-sort.ts';
import type { RunStatement } from './run-statement.ts';

/** Which way a list is walked: `backward` sees the order reversed. */
export type Walk = 'forward' | 'backward';

const SQL_TYPES = { number: 'float8', text: 'text', boolean: 'boolean', time: 'timestamptz' } as const;

/** The ORDER BY list of these terms and the run's id, which makes the order total. */
export function orderBySql(terms: readonly SortTerm[], walk: Walk, idColumn: string): string {
  const items = terms.map((term) => {
    const ascending = (term.direction === 'ASC') === (walk === 'forward');
    // Not for columns that are never null: the planner would not see that an index gives this order.
    const nulls = term.nullable ? ` NULLS ${walk === 'forward' ? 'LAST' : 'FIRST'}` : '';
    return `${term.sql} ${ascending ? 'ASC' : 'DESC'}${nulls}`;
  });
  return [...items, `${idColumn} ${walk === 'forward' ? 'ASC' : 'DESC'}`].join(', ');
}

/**
 * The condition that a run stands beyond a cursor, seen in the direction of the walk: after it when forward, before it when
 * backward. The cursor's own run does not.
 */
export function beyondCursor(
  statement: RunStatement,
  { terms, cursor, walk }: { terms: readonly SortTerm[]; cursor: RunCursor; walk: Walk },
): string {
  const id = statement.parameter(cursor.runId, 'uuid');
  let condition = `${statement.runId()} ${walk === 'forward' ? '>' : '<'} ${id}`;
  let bound = '';
  for (const term of terms.toReversed()) {
    const value = termValue(term, cursor);
    const parameter = value === null ? null : statement.parameter(value, SQL_TYPES[term.type]);
    const beyond = beyondTerm(term, parameter, walk);
    const equal = parameter === null ? `${term.sql} IS NULL` : `${term.sql} = ${parameter}`;
    condition = `(${beyond === null ? '' : `${beyond} OR `}(${equal} AND ${condition}))`;
    bound = parameter === null || term.nullable ? '' : `${term.sql} ${comparisonWord(term, walk)}= ${parameter} AND `;
  }
  // Follows from the rest, and is what lets an index begin at the cursor instead of at its end.
  return bound + condition;
}

/** That the term alone puts a run beyond the cursor; null when it cannot. */
function beyondTerm(term: SortTerm, parameter: string | null, walk: Walk): string | null {
  // Nulls come last: nothing is after them, and everything else is before them.
  if (parameter === null) return walk === 'forward' ? null : `${term.sql} IS NOT NULL`;
  const beyond = `${term.sql} ${comparisonWord(term, walk)} ${parameter}`;
  return term.nullable && walk === 'forward' ? `${beyond} OR ${term.sql} IS NULL` : beyond;
}

function comparisonWord(term: SortTerm, walk: Walk): '>' | '<' {
  return (term.direction === 'ASC') === (walk === 'forward') ? '>' : '<';
}

/** The cursor's value as this term sees it: a level may be a number in one run and a text in another. */
function termValue(term: SortTerm, cursor: RunCursor): Exclude<CursorValue, null> | null {
  const value = cursor.values[term.level] ?? null;
  if (term.type === 'time') return typeof value === 'number' ? new Date(value).toISOString() : null;
  const type = typeof value === 'string' ? 'text' : typeof value;
  return type === term.type ? value : null;
}
