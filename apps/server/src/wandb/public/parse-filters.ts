import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { matchesFilter } from '@summa/core/query/matches-filter';
import { parseFilter } from '@summa/core/query/parse-filter';
import type { RunFilter } from '@summa/core/query/run-filter';
import { RUN_FIELD_TYPES, type RunTarget } from '@summa/core/query/run-target';
import { ServerError } from '../../server-error.ts';
import { readTargets } from './run-targets.ts';

/** A filter in the form that `parseFilter` reads. */
type Filter = JsonObject;

const EVERYTHING: Filter = { and: [] };
const NOTHING: Filter = { or: [] };
const TAG = 'tags.';
const COMPARISONS: Readonly<Record<string, 'lt' | 'le' | 'gt' | 'ge'>> = {
  $lt: 'lt',
  $lte: 'le',
  $gt: 'gt',
  $gte: 'ge',
};
const OPERATORS =
  '$and, $or, $nor, $not, $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $all, $exists, $contains and $regex';

/**
 * The filter that the client sends with `api.runs`: a Mongo query as JSON text. No text, or an empty one, is every run.
 *
 * As in Mongo, several keys must all hold, a bare value is `$eq`, null is a value that is not there, and `$ne`, `$nin` and `$not`
 * hold for a run without the value. Which names there are says `readTargets`; `entity` and `project` are those of all runs here.
 * Patterns are those of our own filters.
 *
 * @throws SummaError INVALID_FILTER, INVALID_JSON
 */
export function parseFilters(text: string | null | undefined, place: Place): RunFilter {
  if (!text) return parseFilter(EVERYTHING);
  const query = parseJson(text);
  return parseFilter(query === null ? EVERYTHING : readQuery(query, place));
}

/** Where the runs are, by name. */
export interface Place {
  readonly entity: string;
  readonly project: string;
}

function readQuery(query: JsonValue, place: Place): Filter {
  if (!isJsonObject(query))
    throw refuse(`${shown(query)} is not a filter; give an object such as {"state": "finished"}`);
  return all(Object.entries(query).map(([name, value]) => readEntry(name, value, place)));
}

function readEntry(name: string, value: JsonValue, place: Place): Filter {
  if (name === '$and') return all(readQueries(name, value, place));
  if (name === '$or') return { or: readQueries(name, value, place) };
  if (name === '$nor') return { not: { or: readQueries(name, value, place) } };
  if (name === '$not') return { not: readQuery(value, place) };
  if (name.startsWith('$')) throw unknownOperator(name);
  if (name === 'entity' || name === 'project') return holdsFor(place[name], value) ? EVERYTHING : NOTHING;
  if (name.startsWith(TAG)) return readTag(name.slice(TAG.length), value);
  return readConditions(readTargets(name), value);
}

/** `tags.<tag>` is true of a run that has the tag, and not there in any other. */
function readTag(tag: string, value: JsonValue): Filter {
  const hasTag: Filter = { field: { name: 'TAGS', contains: tag } };
  const withTag = holdsFor(true, value) ? [hasTag] : [];
  return any(holdsFor(undefined, value) ? [...withTag, { not: hasTag }] : withTag);
}

/** Whether conditions hold for a value that is the same, whichever run is asked. */
function holdsFor(known: JsonValue | undefined, conditions: JsonValue): boolean {
  const filter = parseFilter(readConditions([{ section: 'config', key: 'known' }], conditions));
  return matchesFilter(filter, { id: '', field: () => undefined, config: () => known, summary: () => undefined });
}

function readQueries(name: string, value: JsonValue, place: Place): Filter[] {
  if (Array.isArray(value)) return value.map((query) => readQuery(query, place));
  throw refuse(`${name} needs a list of filters, not ${shown(value)}`);
}

type Targets = readonly RunTarget[];

function readConditions(targets: Targets, value: JsonValue): Filter {
  if (!isJsonObject(value)) return equals(targets, value);
  const options = typeof value.$options === 'string' ? value.$options : '';
  const operators = Object.entries(value).filter(([operator]) => operator !== '$options');
  if (operators.length === 0) throw refuse(`an empty object cannot be compared with; use one of ${OPERATORS}`);
  return all(operators.map(([operator, operand]) => readCondition(targets, operator, { operand, options })));
}

function readCondition(
  targets: Targets,
  operator: string,
  { operand, options }: { operand: JsonValue; options: string },
): Filter {
  const comparison = COMPARISONS[operator];
  if (comparison) return compare(targets, comparison, operand);
  switch (operator) {
    case '$eq':
      return equals(targets, operand);
    case '$ne':
      return { not: equals(targets, operand) };
    case '$in':
      return isAnyOf(targets, readList(operator, operand));
    case '$nin':
      return { not: isAnyOf(targets, readList(operator, operand)) };
    case '$all':
      return all(readList(operator, operand).map((item) => equals(targets, item)));
    case '$not':
      return { not: isJsonObject(operand) ? readConditions(targets, operand) : equals(targets, operand) };
    case '$exists':
      return operand === false || operand === 0 ? { not: exists(targets) } : exists(targets);
    case '$contains':
      return compare(targets, 'contains', operand);
    case '$regex':
      return matches(targets, operand, options);
    default:
      throw unknownOperator(operator);
  }
}

function equals(targets: Targets, value: JsonValue): Filter {
  if (value === null) return { not: exists(targets) };
  if (Array.isArray(value)) throw refuse(`a list cannot be compared with; use $in, or $all for tags`);
  return compare(targets, 'eq', value);
}

/** A list of our own filters has values of one type, so each type becomes one. */
function isAnyOf(targets: Targets, values: readonly JsonValue[]): Filter {
  if (targets.some(isTags)) return any(values.map((value) => equals(targets, value)));
  const types = new Set(values.filter((value) => value !== null).map(typeName));
  const lists = [...types].map((type) => values.filter((value) => value !== null && typeName(value) === type));
  const absent = values.includes(null) ? [{ not: exists(targets) }] : [];
  return any([...lists.map((list) => compare(targets, 'in', list)), ...absent]);
}

function typeName(value: JsonValue): string {
  return typeof value === 'bigint' ? 'number' : typeof value;
}

function exists(targets: Targets): Filter {
  return any(targets.map((target) => condition(target, 'exists', true)));
}

function matches(targets: Targets, pattern: JsonValue, options: string): Filter {
  if (typeof pattern !== 'string') throw refuse(`$regex needs a text, not ${shown(pattern)}`);
  if (/[^is]/.test(options)) throw refuse(`of the $options ${shown(options)} only i and s are supported`);
  return compare(targets, 'matches', options === '' ? pattern : `(?${options})${pattern}`);
}

function compare(targets: Targets, operator: string, operand: JsonValue): Filter {
  if (operand === null || isJsonObject(operand)) throw refuse(`${shown(operand)} cannot be compared with`);
  return any(targets.map((target) => compareOne(target, operator, operand)));
}

function compareOne(target: RunTarget, operator: string, operand: JsonValue): Filter {
  if (target.section !== 'field') return condition(target, operator, operand);
  if (isTags(target) && operator === 'eq') return condition(target, 'contains', operand);
  if (target.field === 'STATE' && operator === 'matches') return condition(target, operator, `(?i)${String(operand)}`);
  const read = target.field === 'STATE' ? toState : RUN_FIELD_TYPES[target.field] === 'time' ? toTime : null;
  if (!read) return condition(target, operator, operand);
  return condition(target, operator, Array.isArray(operand) ? operand.map(read) : read(operand));
}

/** Our states are in capitals. */
function toState(operand: JsonValue): JsonValue {
  return typeof operand === 'string' ? operand.toUpperCase() : operand;
}

/** A time of the client may have a space in it, and is one in UTC where it does not say. */
function toTime(operand: JsonValue): JsonValue {
  if (typeof operand !== 'string') return operand;
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(operand) ?? [];
  return date === undefined ? operand : `${date}T${time}Z`;
}

function condition(target: RunTarget, operator: string, operand: JsonValue): Filter {
  if (target.section === 'field') return { field: { name: target.field, [operator]: operand } };
  if (target.section === 'config') return { config: { key: target.key, [operator]: operand } };
  const { key, statistic } = target;
  return { summary: { key, statistic, [operator]: operand } };
}

function isTags(target: RunTarget): boolean {
  return target.section === 'field' && target.field === 'TAGS';
}

function all(filters: readonly Filter[]): Filter {
  return filters.length === 1 && filters[0] ? filters[0] : { and: filters };
}

function any(filters: readonly Filter[]): Filter {
  if (filters.length === 0) return NOTHING;
  return filters.length === 1 && filters[0] ? filters[0] : { or: filters };
}

function readList(operator: string, value: JsonValue): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  throw refuse(`${operator} needs a list, not ${shown(value)}`);
}

function unknownOperator(operator: string): ServerError {
  return refuse(`the operator ${shown(operator)} is not supported; use ${OPERATORS}`);
}

function shown(value: JsonValue): string {
  const text = String(typeof value === 'object' ? (value === null ? 'null' : 'an object or a list') : value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function refuse(problem: string): ServerError {
  return new ServerError('INVALID_FILTER', `filters: ${problem}`, ['filters']);
}
