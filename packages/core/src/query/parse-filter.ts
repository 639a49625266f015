import { type OperandLimits, operatorsFor, parseCondition } from './parse-operand.ts';
import { parseConfigTarget, parseFieldTarget, parseSummaryTarget } from './parse-target.ts';
import { inside, type QueryInput, readEntries, readOnlyEntry, refuse } from './query-input.ts';
import type { FilterOperator, RunFilter } from './run-filter.ts';
import type { RunTarget } from './run-target.ts';

/** How large a filter may be. */
export interface FilterLimits extends OperandLimits {
  /** `and`, `or`, `not` and conditions that stand inside one another. */
  readonly depth: number;
  /** `and`, `or`, `not` and conditions together. */
  readonly nodes: number;
}

/** The limits of a filter that comes from outside. */
export const FILTER_LIMITS: FilterLimits = { depth: 16, nodes: 200, listLength: 1000, textLength: 1024 };

const NODE_NAMES = ['and', 'or', 'not', 'field', 'config', 'summary'];
const OPERATORS: readonly FilterOperator[] = [
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'in',
  'notIn',
  'exists',
  'contains',
  'startsWith',
  'matches',
];

/**
 * Reads a filter as it came over the wire: at every node exactly one of `and`, `or`, `not`, `field: { name, … }`,
 * `config: { key, … }`, `summary: { key, statistic, … }`, and in a condition exactly one operator.
 *
 * null counts as not given. The strings "Infinity" and "-Infinity" are numbers where a number may stand. An empty `in`
 * becomes the filter that holds for no run, an empty `notIn` becomes `exists`. Anything else that is wrong or beyond the
 * limits raises INVALID_FILTER, which names the place.
 */
export function parseFilter(input: unknown, limits: FilterLimits = FILTER_LIMITS): RunFilter {
  const root: QueryInput = { value: input, name: 'filter', path: [], code: 'INVALID_FILTER' };
  return new FilterParser(limits).parse(root, 1);
}

class FilterParser {
  readonly #limits: FilterLimits;
  #nodes = 0;

  constructor(limits: FilterLimits) {
    this.#limits = limits;
  }

  parse(input: QueryInput, depth: number): RunFilter {
    const { depth: maxDepth, nodes: maxNodes } = this.#limits;
    this.#nodes += 1;
    if (depth > maxDepth) throw refuse(input, `it is nested deeper than ${maxDepth} levels; flatten it`);
    if (this.#nodes > maxNodes) throw refuse(input, `it has more than ${maxNodes} parts; use "in" or split it`);
    const [name, entry] = readOnlyEntry(input, NODE_NAMES);
    if (name === 'and') return { and: this.#parseList(entry, depth) };
    if (name === 'or') return { or: this.#parseList(entry, depth) };
    if (name === 'not') return { not: this.parse(entry, depth + 1) };
    return this.#parseCondition(name, entry);
  }

  #parseList(input: QueryInput, depth: number): RunFilter[] {
    if (!Array.isArray(input.value)) throw refuse(input, 'expected a list of filters');
    return input.value.map((value, i) => this.parse(inside(input, i, value), depth + 1));
  }

  #parseCondition(section: string, input: QueryInput): RunFilter {
    const targetNames = TARGET_NAMES[section] ?? [];
    const entries = readEntries(input, [...targetNames, ...OPERATORS]);
    const target = parseTarget(section, input, entries);
    const allowed = operatorsFor(target);
    const given = OPERATORS.filter((operator) => entries.has(operator));
    const [operator, second] = given;
    const operand = operator && entries.get(operator);
    if (!operator || !operand) {
      throw refuse(input, `give one of ${allowed.join(', ')}; to ask for a missing value use exists: false`);
    }
    if (second) throw refuse(input, `give either ${operator} or ${second}, not both; join two conditions by "and"`);
    if (!allowed.includes(operator)) throw refuse(operand, `does not apply here; use one of ${allowed.join(', ')}`);
    return withoutEmptyList(parseCondition(target, operator, { operand, limits: this.#limits }));
  }
}

const TARGET_NAMES: { readonly [section: string]: readonly string[] } = {
  field: ['name'],
  config: ['key'],
  summary: ['key', 'statistic'],
};

function parseTarget(section: string, input: QueryInput, entries: ReadonlyMap<string, QueryInput>): RunTarget {
  if (section === 'field') return parseFieldTarget(entries.get('name') ?? inside(input, 'name', undefined));
  const key = entries.get('key') ?? inside(input, 'key', undefined);
  return section === 'config' ? parseConfigTarget(key) : parseSummaryTarget(key, entries.get('statistic'));
}

/** An empty list has no type, so that whoever reads a condition could not compare it with anything. */
function withoutEmptyList(filter: RunFilter): RunFilter {
  if (!('operator' in filter) || !Array.isArray(filter.operand) || filter.operand.length > 0) return filter;
  return filter.operator === 'in' ? { or: [] } : { target: filter.target, operator: 'exists', operand: true };
}
