import type { Condition, RunFilter } from '@summa/core/query/run-filter';
import { comparisonSql, operandType } from './compare-sql.ts';
import type { KeyIds } from './key-ids.ts';
import { fieldColumn, type NumericStatistic, type RunColumn, statisticExistsSql, statisticSql } from './run-columns.ts';
import type { RunStatement } from './run-statement.ts';

/**
 * The SQL condition on `run r` that holds for exactly the runs of which `matchesFilter` is true; it is never null.
 *
 * What it looks at is joined to the statement; a condition on a key never scans more than that key's fields.
 */
export function compileFilter(filter: RunFilter, statement: RunStatement, keyIds: KeyIds): string {
  if ('and' in filter) return joined(filter.and, 'AND', (part) => compileFilter(part, statement, keyIds));
  if ('or' in filter) return joined(filter.or, 'OR', (part) => compileFilter(part, statement, keyIds));
  if ('not' in filter) return `NOT (${compileFilter(filter.not, statement, keyIds)})`;
  return compileCondition(filter, statement, keyIds);
}

function joined(parts: readonly RunFilter[], word: 'AND' | 'OR', compile: (part: RunFilter) => string): string {
  if (parts.length === 0) return word === 'AND' ? 'TRUE' : 'FALSE';
  return `(${parts.map(compile).join(` ${word} `)})`;
}

function compileCondition(condition: Condition, statement: RunStatement, keyIds: KeyIds): string {
  const { target } = condition;
  if (target.section === 'field') return fieldCondition(condition, fieldColumn(statement, target.field), statement);
  const keyId = keyIds.idOf(target);
  const holds = (compare: (alias: string) => string | null): string =>
    keyId === undefined ? 'FALSE' : `${statement.field(target.section, keyId, compare)}.run_id IS NOT NULL`;
  const statistic = target.section === 'summary' && target.statistic !== 'VALUE' ? target.statistic : null;
  if (condition.operator === 'exists') {
    const exists = holds((alias) => (statistic === null ? null : statisticExistsSql(alias, statistic)));
    return condition.operand ? exists : `NOT (${exists})`;
  }
  const type = operandType(condition);
  if (statistic === null)
    return holds((alias) => comparisonSql(statement, { sql: `${alias}.${type}`, type }, condition));
  return type === 'number'
    ? holds((alias) => statisticComparison(statement, { alias, statistic }, condition))
    : 'FALSE';
}

function statisticComparison(
  statement: RunStatement,
  { alias, statistic }: { alias: string; statistic: NumericStatistic },
  condition: Parameters<typeof comparisonSql>[2],
): string {
  return comparisonSql(statement, { sql: statisticSql(alias, statistic), type: 'number' }, condition);
}

function fieldCondition(condition: Condition, column: RunColumn, statement: RunStatement): string {
  if (column.type === 'tags') return tagsCondition(condition, statement, column.sql);
  if (condition.operator === 'exists') {
    if (!column.nullable) return condition.operand ? 'TRUE' : 'FALSE';
    return `${column.sql} IS ${condition.operand ? 'NOT NULL' : 'NULL'}`;
  }
  const type = operandType(condition);
  if (type !== (column.type === 'time' ? 'number' : column.type)) return 'FALSE';
  const comparison = comparisonSql(statement, { sql: column.sql, type: column.type }, condition);
  // Under a NOT, null would be taken for true's opposite and lose the run.
  return column.nullable ? `(${column.sql} IS NOT NULL AND ${comparison})` : comparison;
}

/** Tags exist when there is one; `contains` asks for one of them; they compare with nothing else. */
function tagsCondition(condition: Condition, statement: RunStatement, tags: string): string {
  if (condition.operator === 'exists') return `cardinality(${tags}) ${condition.operand ? '>' : '='} 0`;
  return condition.operator === 'contains'
    ? `${statement.parameter(condition.operand, 'text')} = ANY(${tags})`
    : 'FALSE';
}
