import type { RunOrder } from './compare-runs.ts';
import { parseConfigTarget, parseFieldTarget, parseSummaryTarget } from './parse-target.ts';
import { inside, type QueryInput, readEntries, readWord, refuse } from './query-input.ts';
import type { RunTarget } from './run-target.ts';

/** Levels that an order of runs may have. */
export const MAX_ORDER_LEVELS = 8;

const TARGETS = ['field', 'config', 'summary'];

/**
 * Reads an order as it came over the wire: a list of at most 8 of `{ field: NAME }`, `{ config: "lr" }` or
 * `{ summary: { key, statistic } }`, each with a `direction`, ASC when not given; TAGS has no order.
 *
 * An empty list is the order by run id alone. Anything else raises INVALID_ORDER, which names the place.
 */
export function parseOrder(input: unknown): RunOrder[] {
  const root: QueryInput = { value: input, name: 'orderBy', path: [], code: 'INVALID_ORDER' };
  if (!Array.isArray(input)) throw refuse(root, 'expected a list');
  if (input.length > MAX_ORDER_LEVELS) {
    throw refuse(root, `${input.length} levels; give at most ${MAX_ORDER_LEVELS}`);
  }
  return input.map((value, i) => parseLevel(inside(root, i, value)));
}

function parseLevel(input: QueryInput): RunOrder {
  const entries = readEntries(input, [...TARGETS, 'direction']);
  const direction = entries.get('direction');
  const [given, second] = TARGETS.flatMap((name) => entries.get(name) ?? []);
  if (given === undefined) throw refuse(input, `give one of ${TARGETS.join(', ')}`);
  if (second !== undefined) throw refuse(input, `give only one of ${TARGETS.join(', ')}`);
  return {
    target: parseTarget(given),
    direction: direction === undefined ? 'ASC' : readWord(direction, ['ASC', 'DESC']),
  };
}

function parseTarget(input: QueryInput): RunTarget {
  const name = input.path.at(-1);
  if (name === 'config') return parseConfigTarget(input);
  if (name === 'summary') {
    const entries = readEntries(input, ['key', 'statistic']);
    return parseSummaryTarget(entries.get('key') ?? inside(input, 'key', undefined), entries.get('statistic'));
  }
  const target = parseFieldTarget(input);
  if (target.section === 'field' && target.field === 'TAGS') throw refuse(input, 'tags have no order');
  return target;
}
