import { parseKey } from '../key/key-path.ts';
import { mergeDefinitions } from './add-definition.ts';
import { isGlob, type MetricDefinition } from './metric-definition.ts';
import { compareStatistics, type Goal, type Statistic } from './statistic.ts';

/** What the definitions say about one key. */
export interface ResolvedDefinition {
  /** The definition's name: the key itself, or the glob that won. */
  readonly name: string;
  /** The statistics to show, in the order in which a summary shows them; none of them means the last value. */
  readonly statistics: readonly Statistic[];
  /** Whether the metric is left out of the summary. */
  readonly isLeftOut: boolean;
  readonly goal: Goal | null;
  readonly stepMetric: string | null;
  readonly stepSync: boolean;
  readonly isHidden: boolean;
}

/** Tells what holds for a key; null when nothing is defined for it. */
export type DefinitionResolver = (key: string) => ResolvedDefinition | null;

/** How many keys a resolver remembers the answer of. */
const MAX_REMEMBERED = 100_000;

/**
 * A resolver of definitions in the order given; it remembers its answers.
 *
 * An exact name masks all globs. Of several matching globs the one with the longest text before its first `*` wins, of
 * equally long ones the later. Globs skip top-level keys that begin with `_` and keys that begin with `system/`.
 */
export function resolveDefinitions(definitions: readonly MetricDefinition[]): DefinitionResolver {
  const exact = new Map<string, ResolvedDefinition>();
  const globs: Glob[] = [];
  for (const definition of mergeByName(definitions)) {
    const resolved = resolve(definition);
    if (isGlob(definition.name)) globs.push(openGlob(definition.name, resolved));
    else exact.set(definition.name, resolved);
  }
  globs.reverse().sort((a, b) => b.prefix.length - a.prefix.length);
  const answers = new Map<string, ResolvedDefinition | null>();
  return (key) => {
    const known = exact.get(key) ?? answers.get(key);
    if (known !== undefined) return known;
    const answer = matchGlob(globs, key);
    if (answers.size < MAX_REMEMBERED) answers.set(key, answer);
    return answer;
  };
}

interface Glob {
  readonly prefix: string;
  /** The texts between the stars, and behind the last one. */
  readonly parts: readonly string[];
  readonly resolved: ResolvedDefinition;
}

function openGlob(name: string, resolved: ResolvedDefinition): Glob {
  const [prefix = '', ...parts] = textToMatch(name).split('*');
  return { prefix, parts, resolved };
}

function matchGlob(globs: readonly Glob[], key: string): ResolvedDefinition | null {
  if (globs.length === 0 || key.startsWith('_') || key.startsWith('system/')) return null;
  const text = textToMatch(key);
  return globs.find((glob) => matches(glob, text))?.resolved ?? null;
}

/** A key without escapes, its elements parted by a character that no key holds, so that a dot matches only its like. */
function textToMatch(key: string): string {
  return parseKey(key).join('\0');
}

/** Takes each part at its first place, which never misses a match and needs no backtracking. */
function matches({ prefix, parts }: Glob, text: string): boolean {
  if (!text.startsWith(prefix)) return false;
  let from = prefix.length;
  const suffix = parts[parts.length - 1] ?? '';
  for (const part of parts.slice(0, -1)) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return text.length - suffix.length >= from && text.endsWith(suffix);
}

function mergeByName(definitions: readonly MetricDefinition[]): Iterable<MetricDefinition> {
  const byName = new Map<string, MetricDefinition>();
  for (const definition of definitions) {
    const earlier = byName.get(definition.name);
    byName.delete(definition.name);
    byName.set(definition.name, earlier && !definition.overwrite ? mergeDefinitions(earlier, definition) : definition);
  }
  return byName.values();
}

function resolve(definition: MetricDefinition): ResolvedDefinition {
  const isStatistic = (option: string): option is Statistic => option !== 'copy' && option !== 'none';
  return {
    name: definition.name,
    statistics: definition.summary.filter(isStatistic).sort(compareStatistics),
    isLeftOut: definition.summary.includes('none'),
    goal: definition.goal,
    stepMetric: definition.stepMetric,
    stepSync: definition.stepSync ?? definition.stepMetric !== null,
    isHidden: definition.hidden ?? false,
  };
}
