import { quoteKey } from '../key/check-key.ts';
import { SummaError } from '../summa-error.ts';
import type { MetricDefinition } from './metric-definition.ts';
import type { SummaryOption } from './statistic.ts';

/** How many names may be defined in one run. */
export const MAX_DEFINITIONS = 10_000;

/**
 * The list with a definition added at its end; an earlier one of the same name is taken out and adds up with it.
 *
 * Statistics add up; whether `none` holds is decided by the latest definition that has any; goal, step metric and flags
 * are replaced when given; `overwrite` starts afresh. Throws INVALID_DEFINITION when `best` is asked for and no goal is
 * known, and TOO_MANY_VALUES beyond 10,000 names.
 */
export function addDefinition(list: readonly MetricDefinition[], added: MetricDefinition): MetricDefinition[] {
  const earlier = list.find((definition) => definition.name === added.name);
  const merged = earlier && !added.overwrite ? mergeDefinitions(earlier, added) : added;
  if (merged.summary.includes('best') && merged.goal === null) {
    const message = `definition of ${quoteKey(added.name)}: best needs a goal; add goal: minimize or maximize`;
    throw new SummaError('INVALID_DEFINITION', message, ['goal']);
  }
  if (!earlier && list.length >= MAX_DEFINITIONS) {
    const message = `a run has at most ${MAX_DEFINITIONS} metric definitions; define globs instead of single metrics`;
    throw new SummaError('TOO_MANY_VALUES', message, ['name']);
  }
  return [...list.filter((definition) => definition !== earlier), merged];
}

/** What two definitions of one name say together; `overwrite` of either is not looked at. */
export function mergeDefinitions(earlier: MetricDefinition, later: MetricDefinition): MetricDefinition {
  return {
    name: later.name,
    summary: mergeSummaries(earlier.summary, later.summary),
    goal: later.goal ?? earlier.goal,
    stepMetric: later.stepMetric ?? earlier.stepMetric,
    stepSync: later.stepSync ?? earlier.stepSync,
    hidden: later.hidden ?? earlier.hidden,
    overwrite: earlier.overwrite,
  };
}

function mergeSummaries(earlier: readonly SummaryOption[], later: readonly SummaryOption[]): readonly SummaryOption[] {
  if (later.length === 0) return earlier;
  return [...new Set([...earlier.filter((option) => option !== 'none'), ...later])];
}
