import type { Condition } from '@summa/core/query/run-filter';
import { patternSql } from './pattern-sql.ts';
import type { RunStatement } from './run-statement.ts';
import { timeComparison } from './time-comparison.ts';

/** A condition that compares: all but `exists`. */
export type Comparison = Exclude<Condition, { readonly operator: 'exists' }>;

/** What a column is compared as. */
export type ComparedType = 'number' | 'text' | 'boolean' | 'time';

const SYMBOLS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;
const SQL_TYPES = { number: 'float8', text: 'text', boolean: 'boolean' } as const;

/**
 * The SQL of a comparison whose operand is of the column's type. It is null, never true, where the column is null.
 *
 * Text is ordered by code point; equality of text needs no collation, so that an index of the database's own can serve it.
 */
export function comparisonSql(
  statement: RunStatement,
  column: { readonly sql: string; readonly type: ComparedType },
  comparison: Comparison,
): string {
  if (column.type === 'time') return timeComparison(statement, column.sql, comparison);
  const type = SQL_TYPES[column.type];
  const { operator, operand } = comparison;
  switch (operator) {
    case 'in':
      return `${column.sql} = ANY(${statement.parameter(operand, `${type}[]`)})`;
    case 'notIn':
      return `${column.sql} <> ALL(${statement.parameter(operand, `${type}[]`)})`;
    case 'contains':
      return `strpos(${column.sql}, ${statement.parameter(operand, 'text')}) > 0`;
    case 'startsWith':
      return `starts_with(${column.sql}, ${statement.parameter(operand, 'text')})`;
    case 'matches':
      return `${column.sql} ~ ${statement.parameter(patternSql(operand), 'text')}`;
    case 'eq':
    case 'ne':
      return `${column.sql} ${SYMBOLS[operator]} ${statement.parameter(operand, type)}`;
    default:
      return `${orderedSql(column)} ${SYMBOLS[operator]} ${statement.parameter(operand, type)}`;
  }
}

/** A column as it is ordered: text by code point. */
export function orderedSql(column: { readonly sql: string; readonly type: ComparedType }): string {
  return column.type === 'text' ? `${column.sql} COLLATE "C"` : column.sql;
}

/** The type of what a comparison compares with. */
export function operandType({ operand }: Comparison): 'number' | 'text' | 'boolean' {
  const sample = Array.isArray(operand) ? operand[0] : operand;
  if (typeof sample === 'number') return 'number';
  return typeof sample === 'boolean' ? 'boolean' : 'text';
}
