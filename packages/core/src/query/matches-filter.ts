import type { JsonValue } from '../json/json-value.ts';
import { matchesPattern } from '../pattern/matches-pattern.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { compareText } from './compare-text.ts';
import type { Condition, RunFilter } from './run-filter.ts';
import type { RunTarget } from './run-target.ts';
import { type RunView, targetValue } from './run-view.ts';

/** Whether a filter holds for a run; the rules are with `RunFilter`. */
export function matchesFilter(filter: RunFilter, run: RunView): boolean {
  if ('and' in filter) return filter.and.every((part) => matchesFilter(part, run));
  if ('or' in filter) return filter.or.some((part) => matchesFilter(part, run));
  if ('not' in filter) return !matchesFilter(filter.not, run);
  return holds(filter, targetValue(run, filter.target));
}

function holds(condition: Condition, value: JsonValue | undefined): boolean {
  switch (condition.operator) {
    case 'exists':
      return (value !== undefined) === condition.operand;
    case 'eq':
      return value === condition.operand;
    case 'ne':
      return isComparable(value, condition.operand) && value !== condition.operand;
    case 'in':
      return condition.operand.some((operand) => value === operand);
    case 'notIn':
      return isComparable(value, condition.operand[0]) && condition.operand.every((operand) => value !== operand);
    case 'contains':
      return contains(condition.target, value, condition.operand);
    case 'startsWith':
      return typeof value === 'string' && value.startsWith(condition.operand);
    case 'matches':
      return matches(condition.target, value, condition.operand);
    default:
      return isOrdered(condition, value);
  }
}

function isComparable(value: JsonValue | undefined, operand: unknown): boolean {
  return typeof value === typeof operand && !Number.isNaN(value);
}

function contains(target: RunTarget, value: JsonValue | undefined, operand: string): boolean {
  if (typeof value === 'string') return value.includes(operand);
  return target.section === 'field' && Array.isArray(value) && value.includes(operand);
}

function matches(target: RunTarget, value: JsonValue | undefined, pattern: Pattern): boolean {
  if (typeof value === 'string') return matchesPattern(pattern, value);
  if (target.section !== 'field' || !Array.isArray(value)) return false;
  return value.some((item) => typeof item === 'string' && matchesPattern(pattern, item));
}

function isOrdered(condition: Condition, value: JsonValue | undefined): boolean {
  const difference = compare(value, condition.operand);
  switch (condition.operator) {
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    default:
      return false;
  }
}

/** Below, at or above 0; NaN, of which every comparison is false, where the two do not compare. */
function compare(value: JsonValue | undefined, operand: Condition['operand']): number {
  if (typeof value === 'string' && typeof operand === 'string') return compareText(value, operand);
  if (typeof value !== 'number' || typeof operand !== 'number' || Number.isNaN(value)) return Number.NaN;
  return value === operand ? 0 : value < operand ? -1 : 1;
}
