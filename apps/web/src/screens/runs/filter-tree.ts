import { formatNumber } from '../../format/format-number.ts';
import type { RunFilter } from '../../generated/graphql.ts';
import { type Column, columnId, columnTarget, columnWords, parseColumnId } from './column.ts';
import { splitOutsideQuotes } from './quoted-text.ts';

/** What a condition compares with. */
export type Operand = string | number | boolean;

/** How a condition compares: the name in the API, the sign in an address, and the words on the screen. */
export const OPERATORS = [
  { name: 'eq', sign: '=', words: '=' },
  { name: 'ne', sign: '!=', words: '≠' },
  { name: 'ge', sign: '>=', words: '≥' },
  { name: 'gt', sign: '>', words: '>' },
  { name: 'le', sign: '<=', words: '≤' },
  { name: 'lt', sign: '<', words: '<' },
  { name: 'contains', sign: '*=', words: 'contains' },
  { name: 'startsWith', sign: '^=', words: 'starts with' },
  { name: 'matches', sign: '~', words: 'matches' },
  { name: 'exists', sign: '?', words: 'is there' },
] as const;

/** The name of an operator, as the API has it. */
export type OperatorName = (typeof OPERATORS)[number]['name'];

/** One comparison of a column. `exists` compares with true or false. */
export interface Condition {
  readonly kind: 'condition';
  readonly column: Column;
  readonly operator: OperatorName;
  readonly operand: Operand;
}

/** Conditions of which all, any or none must hold. */
export interface FilterGroup {
  readonly kind: 'all' | 'any' | 'none';
  readonly items: readonly FilterNode[];
}

/** A part of a filter. */
export type FilterNode = Condition | FilterGroup;

/** Lets every run through. */
export const NO_FILTER: FilterGroup = { kind: 'all', items: [] };

const NAMES = { all: 'and', any: 'or', none: 'not' } as const;
const KINDS: ReadonlyMap<string, FilterGroup['kind']> = new Map([
  ['and', 'all'],
  ['or', 'any'],
  ['not', 'none'],
]);
const MOST_DEPTH = 12;
// The longer signs first, so that ">=" is not read as ">".
const SIGNS = [...OPERATORS].sort((a, b) => b.sign.length - a.sign.length);

/** A filter as it stands in an address: `val/acc:max>=0.9,or(@state=RUNNING,config.opt~"^adam")`. */
export function filterText(filter: FilterGroup): string {
  return filter.kind === 'all' ? filter.items.map(nodeText).join(',') : nodeText(filter);
}

function nodeText(node: FilterNode): string {
  if (node.kind !== 'condition') return `${NAMES[node.kind]}(${node.items.map(nodeText).join(',')})`;
  const sign = OPERATORS.find(({ name }) => name === node.operator)?.sign ?? '=';
  if (node.operator === 'exists') return `${columnId(node.column)}${node.operand === false ? '!' : ''}?`;
  return `${columnId(node.column)}${sign}${operandText(node.operand)}`;
}

/** Text that is nothing but letters and digits stands bare, everything else as JSON. */
function operandText(operand: Operand): string {
  if (typeof operand !== 'string') return String(operand);
  return /^[\p{L}_][\p{L}\p{N}_./-]*$/u.test(operand) &&
    operand !== 'true' &&
    operand !== 'false' &&
    operand !== 'Infinity'
    ? operand
    : JSON.stringify(operand);
}

/** The filter that an address holds; what cannot be read is left out. */
export function parseFilterText(text: string): FilterGroup {
  const items = parseNodes(text, 1);
  const [only] = items;
  return items.length === 1 && only !== undefined && only.kind !== 'condition' && only.kind !== 'all'
    ? { kind: 'all', items: [only] }
    : { kind: 'all', items };
}

function parseNodes(text: string, depth: number): FilterNode[] {
  if (depth > MOST_DEPTH) return [];
  return splitOutsideQuotes(text, ',').flatMap((part) => parseNode(part, depth) ?? []);
}

function parseNode(text: string, depth: number): FilterNode | null {
  const group = /^(and|or|not)\((.*)\)$/su.exec(text);
  const kind = KINDS.get(group?.[1] ?? '');
  if (group && kind) return { kind, items: parseNodes(group[2] ?? '', depth + 1) };
  return parseCondition(text);
}

function parseCondition(text: string): Condition | null {
  const start = text.startsWith('"') || text.startsWith('config."') ? text.indexOf('"', text.indexOf('"') + 1) : 0;
  for (let at = Math.max(start, 1); at < text.length; at++) {
    const column = parseColumnId(text.slice(0, at));
    if (column === null) continue;
    const rest = text.slice(at);
    if (rest === '?' || rest === '!?') return { kind: 'condition', column, operator: 'exists', operand: rest === '?' };
    const operator = SIGNS.find(({ sign, name }) => name !== 'exists' && rest.startsWith(sign));
    if (!operator) continue;
    const operand = parseOperand(rest.slice(operator.sign.length));
    return operand === null ? null : { kind: 'condition', column, operator: operator.name, operand };
  }
  return null;
}

function parseOperand(text: string): Operand | null {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('"')) {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'string' ? value : null;
    } catch {
      return null;
    }
  }
  return readOperand(text);
}

/** What somebody typed as what a condition compares with: a number, true or false, else text; in quotes always text. */
export function readOperand(typed: string): Operand {
  const text = typed.trim();
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^".*"$/su.test(text)) return text.slice(1, -1);
  const number = text === '' ? Number.NaN : Number(text.replace('∞', 'Infinity'));
  return Number.isNaN(number) ? text : number;
}

/** The filter as the API takes it; null for one that lets every run through. */
export function filterInput(filter: FilterGroup): RunFilter | null {
  const nodes = filter.items.flatMap((item) => nodeInput(item) ?? []);
  if (filter.kind === 'none') return nodes.length === 0 ? null : { not: { or: nodes } };
  if (nodes.length === 0) return null;
  return filter.kind === 'all' ? { and: nodes } : { or: nodes };
}

function nodeInput(node: FilterNode): RunFilter | null {
  if (node.kind !== 'condition') return filterInput(node);
  const target = columnTarget(node.column);
  if (target === null) return null;
  const operand =
    typeof node.operand === 'number' && !Number.isFinite(node.operand) ? String(node.operand) : node.operand;
  const comparison = { [node.operator]: operand };
  if ('field' in target) return { field: { name: target.field, ...comparison } };
  if ('config' in target) return { config: { key: target.config, ...comparison } };
  return { summary: { ...target.summary, ...comparison } };
}

/** A part of a filter in plain words: `val/acc · max ≥ 0.9`, `(State = Running or lr > 0.1)`. */
export function filterWords(node: FilterNode): string {
  if (node.kind === 'condition') return conditionWords(node);
  const words = node.items.map(filterWords);
  if (node.kind === 'none') return `not (${words.join(' or ')})`;
  return `(${words.join(node.kind === 'all' ? ' and ' : ' or ')})`;
}

function conditionWords({ column, operator, operand }: Condition): string {
  const name = columnWords(column);
  if (operator === 'exists') return operand === false ? `${name} is missing` : `${name} is there`;
  const sign = OPERATORS.find((each) => each.name === operator)?.words ?? operator;
  const isState = column.kind === 'field' && column.field === 'state';
  if (typeof operand === 'number') return `${name} ${sign} ${formatNumber(operand).text}`;
  return `${name} ${sign} ${isState ? `${operand}`.charAt(0) + `${operand}`.slice(1).toLowerCase() : operand}`;
}

/** The operators that make sense for a column. */
export function operatorsOf(column: Column): readonly OperatorName[] {
  if (column.kind === 'field') {
    switch (column.field) {
      case 'state':
        return ['eq', 'ne'];
      case 'tags':
        return ['contains', 'matches', 'exists'];
      case 'created':
      case 'started':
      case 'finished':
      case 'heard':
        return ['ge', 'gt', 'le', 'lt'];
      case 'step':
        return ['ge', 'gt', 'le', 'lt', 'eq', 'ne', 'exists'];
      default:
        return ['contains', 'eq', 'ne', 'startsWith', 'matches', 'exists'];
    }
  }
  return ['eq', 'ne', 'ge', 'gt', 'le', 'lt', 'contains', 'startsWith', 'matches', 'exists'];
}

/** A condition on a column that lets something through at once. */
export function newCondition(column: Column): Condition {
  const isState = column.kind === 'field' && column.field === 'state';
  if (isState) return { kind: 'condition', column, operator: 'eq', operand: 'RUNNING' };
  const [operator = 'eq'] = operatorsOf(column);
  return column.kind === 'field'
    ? { kind: 'condition', column, operator, operand: '' }
    : { kind: 'condition', column, operator: 'exists', operand: true };
}
