import { numberFromWire } from '../json/wire-json.ts';
import { parsePattern } from '../pattern/parse-pattern.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { parseTimeOperand } from './parse-time-operand.ts';
import { inside, type QueryInput, readText, refuse, show } from './query-input.ts';
import type { Condition, FilterOperator, OperandList } from './run-filter.ts';
import { RUN_FIELD_TYPES, type RunFieldType, type RunTarget } from './run-target.ts';

/** How much one operand may hold. */
export interface OperandLimits {
  readonly listLength: number;
  /** In UTF-16 units. */
  readonly textLength: number;
}

/** What the values of a target are compared with: the type of a field; any scalar for config and summary. */
type OperandType = RunFieldType | 'scalar';

const ORDERED: readonly FilterOperator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'notIn', 'exists'];
const OPERATORS: { readonly [type in OperandType]: readonly FilterOperator[] } = {
  text: [...ORDERED, 'contains', 'startsWith', 'matches'],
  scalar: [...ORDERED, 'contains', 'startsWith', 'matches'],
  tags: ['contains', 'matches', 'exists'],
  time: ORDERED,
  number: ORDERED,
};

/** The operators that make sense for a target. */
export function operatorsFor(target: RunTarget): readonly FilterOperator[] {
  return OPERATORS[operandType(target)];
}

/** Reads the operand of a comparison as the type that its target is compared with. `in` and `notIn` may be empty here. */
export function parseCondition(
  target: RunTarget,
  operator: FilterOperator,
  { operand, limits }: { operand: QueryInput; limits: OperandLimits },
): Condition {
  const type = operandType(target);
  switch (operator) {
    case 'eq':
    case 'ne':
      return { target, operator, operand: readScalar(operand, type, limits) };
    case 'in':
    case 'notIn':
      return { target, operator, operand: readList(operand, type, limits) };
    case 'contains':
    case 'startsWith':
      return { target, operator, operand: readText(operand, limits.textLength) };
    case 'matches':
      return { target, operator, operand: readPattern(operand, limits.textLength) };
    case 'exists':
      return { target, operator, operand: readBoolean(operand) };
    default:
      return { target, operator, operand: readOrdered(operand, type, limits) };
  }
}

function operandType(target: RunTarget): OperandType {
  return target.section === 'field' ? RUN_FIELD_TYPES[target.field] : 'scalar';
}

function readScalar(input: QueryInput, type: OperandType, limits: OperandLimits): string | number | boolean {
  if (type === 'time') return parseTimeOperand(input);
  if (type === 'text' || type === 'tags') return readText(input, limits.textLength);
  const value = typeof input.value === 'string' ? numberFromWire(input.value) : input.value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return refuseNaN(input, value);
  if (type === 'number') throw refuse(input, `${show(value)} is not a number`);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return readText(input, limits.textLength);
  throw refuse(input, `${show(value)} cannot be compared with; give a number, a text or a boolean`);
}

function refuseNaN(input: QueryInput, value: number): number {
  if (!Number.isNaN(value)) return value;
  throw refuse(input, 'nothing compares with NaN; ask for the statistic NAN_COUNT above 0');
}

function readOrdered(input: QueryInput, type: OperandType, limits: OperandLimits): string | number {
  const value = readScalar(input, type, limits);
  if (typeof value === 'boolean') throw refuse(input, 'booleans have no order; use eq');
  return value;
}

function readPattern(input: QueryInput, maxLength: number): Pattern {
  const text = readText(input, maxLength);
  return parsePattern(text, (problem) => refuse(input, `the pattern ${show(text)} ${problem}`));
}

function readBoolean(input: QueryInput): boolean {
  if (typeof input.value !== 'boolean') throw refuse(input, `${show(input.value)} is not true or false`);
  return input.value;
}

function readList(input: QueryInput, type: OperandType, limits: OperandLimits): OperandList {
  const { value: list } = input;
  if (!Array.isArray(list)) throw refuse(input, `${show(list)} is not a list`);
  if (list.length > limits.listLength) {
    throw refuse(input, `a list of ${list.length} values; give at most ${limits.listLength}`);
  }
  const operands = list.map((value, i) => readScalar(inside(input, i, value), type, limits));
  const stranger = operands.findIndex((operand) => typeof operand !== typeof operands[0]);
  if (stranger >= 0) {
    throw refuse(
      inside(input, stranger, list[stranger]),
      'another type than the values before it; use one list a type',
    );
  }
  // All are of the first one's type, as was just checked.
  return operands as OperandList & typeof operands;
}
