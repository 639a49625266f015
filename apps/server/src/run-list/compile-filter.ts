import type { Condition, RunFilter } from '@summa/core/query/run-filter';
import { type Comparison, comparisonSql, operandType } from './compare-sql.ts';
import type { KeyIds } from './key-ids.ts';
import { fieldColumn, type NumericStatistic, statisticExistsSql, statisticSql } from './run-columns.ts';
import type { RunStatement } from './run-statement.ts';

/** Texts of so many bytes in UTF-8 are in the index `run_field_text`; what an entry of an index may have is bounded. */
const MAX_INDEXED_BYTES = 256;

/** Where a part of a filter stands. */
interface Place {
  readonly statement: RunStatement;
  readonly keyIds: KeyIds;
  /** Whether the part must be false: it stands below an odd number of `not`. */
  readonly isNegated: boolean;
  /** Whether the whole filter is false wherever this part is. */
  readonly isDecisive: boolean;
}

/**
 * The SQL condition that holds for exactly the runs of which `matchesFilter` is true; it is never null.
 *
 * What it looks at is joined to the statement; a condition on a key never scans more than that key's fields.
 */
export function compileFilter(filter: RunFilter, statement: RunStatement, keyIds: KeyIds): string {
  return compile(filter, { statement, keyIds, isNegated: false, isDecisive: true });
}

/** Whether a filter is an `or` of several parts once its negations are pushed down. */
export function isAnyOf(filter: RunFilter, isNegated = false): boolean {
  if ('not' in filter) return isAnyOf(filter.not, !isNegated);
  if ('target' in filter) return false;
  const parts = 'and' in filter ? filter.and : filter.or;
  const [only] = parts;
  if (parts.length === 1 && only) return isAnyOf(only, isNegated);
  return parts.length > 1 && 'or' in filter !== isNegated;
}

// Negations are pushed down to the conditions: a decisive one becomes a join, or an anti join, that an index can lead.
function compile(filter: RunFilter, place: Place): string {
  if ('not' in filter) return compile(filter.not, { ...place, isNegated: !place.isNegated });
  if ('target' in filter) return compileCondition(filter, place);
  const parts = 'and' in filter ? filter.and : filter.or;
  const isAnd = 'and' in filter !== place.isNegated;
  if (parts.length === 0) return isAnd ? 'TRUE' : 'FALSE';
  const isDecisive = place.isDecisive && (isAnd || parts.length === 1);
  return `(${parts.map((part) => compile(part, { ...place, isDecisive })).join(isAnd ? ' AND ' : ' OR ')})`;
}

function compileCondition(condition: Condition, place: Place): string {
  const { target } = condition;
  if (condition.operator === 'exists' && !condition.operand) {
    return compileCondition({ ...condition, operand: true }, { ...place, isNegated: !place.isNegated });
  }
  if (target.section === 'field') {
    const holds = fieldCondition(condition, place.statement);
    return place.isNegated ? `NOT (${holds})` : holds;
  }
  const keyId = place.keyIds.idOf(target);
  const test = keyTest(condition, place.statement);
  if (keyId === undefined || test === 'never') return place.isNegated ? 'TRUE' : 'FALSE';
  const isRequired = place.isDecisive && !place.isNegated;
  const alias = place.statement.field({ section: target.section, keyId, condition: test, isRequired });
  if (isRequired) return 'TRUE';
  if (place.isDecisive) return `${alias}.run_id IS NULL`;
  // Bare, the planner takes IS NULL of a column that is never stored as null for never true; like this, for one in two.
  return `${place.isNegated ? 'NOT ' : ''}coalesce(${alias}.run_id IS NOT NULL, FALSE)`;
}

/** What a key's field must fulfil; undefined when its existence is enough. */
function keyTest(condition: Condition, statement: RunStatement): ((alias: string) => string) | undefined | 'never' {
  const { target } = condition;
  const statistic = target.section === 'summary' && target.statistic !== 'VALUE' ? target.statistic : null;
  if (condition.operator === 'exists') {
    return statistic === null ? undefined : (alias) => statisticExistsSql(alias, statistic);
  }
  const type = operandType(condition);
  if (statistic !== null) return type === 'number' ? statisticTest(statistic, condition, statement) : 'never';
  return (alias) => {
    const holds = comparisonSql(statement, { sql: `${alias}.${type}`, type }, condition);
    return equalsIndexedText(condition) ? `${holds} AND octet_length(${alias}.text) <= ${MAX_INDEXED_BYTES}` : holds;
  };
}

/** Whether a condition holds only for texts that the index of texts has: it is then told so, for the planner to see it. */
function equalsIndexedText({ operator, operand }: Comparison): boolean {
  if (operator !== 'eq' && operator !== 'in') return false;
  const texts: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  return texts.every((text) => typeof text === 'string' && Buffer.byteLength(text) <= MAX_INDEXED_BYTES);
}

function statisticTest(statistic: NumericStatistic, condition: Comparison, statement: RunStatement) {
  return (alias: string) =>
    comparisonSql(statement, { sql: statisticSql(alias, statistic), type: 'number' }, condition);
}

function fieldCondition(condition: Condition, statement: RunStatement): string {
  if (condition.target.section !== 'field') return 'FALSE';
  const column = fieldColumn(statement, condition.target.field);
  if (column.type === 'tags') return tagsCondition(condition, statement, column.sql);
  if (condition.operator === 'exists') return column.nullable ? `${column.sql} IS NOT NULL` : 'TRUE';
  const type = operandType(condition);
  if (type !== (column.type === 'time' ? 'number' : column.type)) return 'FALSE';
  const comparison = comparisonSql(statement, { sql: column.sql, type: column.type }, condition);
  // Under a NOT, null would be taken for true's opposite and lose the run.
  return column.nullable ? `(${column.sql} IS NOT NULL AND ${comparison})` : comparison;
}

/** Tags exist when there is one; `contains` and `matches` ask for one of them; they compare with nothing else. */
function tagsCondition(condition: Condition, statement: RunStatement, tags: string): string {
  switch (condition.operator) {
    case 'exists':
      return `cardinality(${tags}) > 0`;
    case 'contains':
      return `${statement.parameter(condition.operand, 'text')} = ANY(${tags})`;
    case 'matches':
      return `EXISTS (SELECT FROM unnest(${tags}) AS tag WHERE ${comparisonSql(statement, { sql: 'tag', type: 'text' }, condition)})`;
    default:
      return 'FALSE';
  }
}
