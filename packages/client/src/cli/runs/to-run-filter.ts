import { parseFilter } from '@summa/core/query/parse-filter';
import { RUN_FIELD_TYPES, type RunTarget } from '@summa/core/query/run-target';
import { SummaError } from '@summa/core/summa-error';
import type { RunFilter } from '../../generated/graphql.ts';
import { UsageError } from '../command-error.ts';
import { didYouMean } from '../frame/did-you-mean.ts';
import type { ConditionText, FilterText, Operand } from './parse-filter-text.ts';
import type { TargetName } from './target-name.ts';

const STATES = ['running', 'finished', 'failed', 'crashed'];

/** Every name of a filter. */
export function targetNames(filter: FilterText): TargetName[] {
  if ('and' in filter) return filter.and.flatMap(targetNames);
  if ('or' in filter) return filter.or.flatMap(targetNames);
  return 'not' in filter ? targetNames(filter.not) : [filter.target];
}

/**
 * The API's form of a filter; `resolve` says which target a name means.
 *
 * A bare value is a number or a boolean where it looks like one and the target may hold one, else text. Throws
 * `UsageError` with the comparison that can never hold: `last_step = x`.
 */
export function toRunFilter(filter: FilterText, resolve: (name: TargetName) => RunTarget): RunFilter {
  if ('and' in filter) return { and: filter.and.map((part) => toRunFilter(part, resolve)) };
  if ('or' in filter) return { or: filter.or.map((part) => toRunFilter(part, resolve)) };
  if ('not' in filter) return { not: toRunFilter(filter.not, resolve) };
  return checked(toCondition(filter, resolve(filter.target)), filter);
}

/** Has core look at it, so that what the server would refuse is said of the words that were typed. */
function checked(condition: RunFilter, { text }: ConditionText): RunFilter {
  try {
    parseFilter(condition);
    return condition;
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    throw new UsageError(`in ${JSON.stringify(text)}: ${error.message.replace(/^filter[^:]*: /, '')}`);
  }
}

function toCondition(condition: ConditionText, target: RunTarget): RunFilter {
  const comparison = { [condition.operator]: operandOf(condition, target) };
  if (target.section === 'field') return { field: { name: target.field, ...comparison } };
  if (target.section === 'config') return { config: { key: target.key, ...comparison } };
  return { summary: { key: target.key, statistic: target.statistic, ...comparison } };
}

function operandOf({ operator, operands, text }: ConditionText, target: RunTarget): unknown {
  if (operator === 'exists') return true;
  const read = operator === 'matches' || operator === 'contains' ? textOf : readerFor(target, text);
  const values = operands.map(read);
  return operator === 'in' || operator === 'notIn' ? values : values[0];
}

function readerFor(target: RunTarget, text: string): (operand: Operand) => string | number | boolean {
  if (target.section !== 'field') return scalarOf;
  if (target.field === 'STATE') return (operand) => stateOf(operand, text);
  return RUN_FIELD_TYPES[target.field] === 'number' ? scalarOf : textOf;
}

function textOf({ text }: Operand): string {
  return text;
}

function scalarOf({ text, isQuoted }: Operand): string | number | boolean {
  if (isQuoted) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinity !== null) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

function stateOf({ text }: Operand, condition: string): string {
  const state = text.toLowerCase();
  if (STATES.includes(state)) return state.toUpperCase();
  const known = didYouMean(state, STATES) || `; a run is ${STATES.join(', ')}`;
  throw new UsageError(`in ${JSON.stringify(condition)}: there is no state ${JSON.stringify(text)}${known}`);
}
